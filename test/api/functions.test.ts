import * as tf from "@tensorflow/tfjs";
import { expect, test, vi } from "vitest";
import {
  type AuditReport,
  explain,
  type FunctionConfig,
  fuzz,
  InputError,
  type ProgramConfig,
  render,
  sweep,
} from "../../src/index.js";
import { bits } from "../../src/inputs/float32.js";
import { fromJsonNumber } from "../../src/report/json.js";
import { halved, naive, stable } from "./losses.js";

/** The first float32 of which exp is more than the largest float32: above ln(2^128 (1 - 2^-25)), which lies between. */
const FIRST = Math.fround(88.72284);

/** Around where exp overflows. */
const swept = (losses: ProgramConfig["losses"], more: ProgramConfig = {}) =>
  sweep({ targets: ["cpu"], range: [60, 120], points: 61, labels: [0], losses, ...more });

const overflows = ({ findings }: AuditReport) =>
  findings
    .filter(({ kind }) => kind === "overflow")
    .map(({ loss, implementation, region }) => [loss, implementation, fromJsonNumber(region.from.value)]);

test("a function is a loss of its own name, with the line of its source", async () => {
  const report = await swept([naive, stable]);
  expect(report.errors).toEqual([]);
  expect(report.losses.map(({ loss }) => loss)).toEqual(["naive", "stable"]);
  expect(overflows(report)).toEqual([["naive", "naive", FIRST]]);
  expect(bits(FIRST)).toBe("0x42b17218");
  const line = { file: "test/api/losses.ts", line: 5 };
  expect(report.findings.filter(({ kind }) => kind === "overflow")).toMatchObject([{ line }]);
});

test("it is swept as the same function in a file", async () => {
  const [here, apart] = await Promise.all([
    swept([{ loss: { naive, stable, halved }, name: "losses" }]),
    swept(["test/api/losses.ts"]),
  ]);
  const told = ({ findings, audited, unresolved }: AuditReport) => ({
    ...{ audited, unresolved },
    findings: findings.map(({ replay, line, ...finding }) => finding),
  });
  expect(told(here)).toEqual(told(apart));
  expect(here.findings.filter(({ kind }) => kind === "semantic").length).toBeGreaterThan(0);
});

test("it runs on wasm too, in the order in which it was asked for", async () => {
  const { targets } = await swept([stable], { targets: ["wasm", "cpu"] });
  expect(targets.map(({ name }) => name)).toEqual(["cpu", "wasm"]);
});

test("what it is held against is right, and not audited itself", async () => {
  const report = await swept([{ loss: halved, with: stable }]);
  expect(report.losses[0].implementations.map(({ implementation }) => implementation)).toEqual(["halved"]);
  const kinds = new Set(report.findings.map(({ kind }) => kind));
  expect(kinds).toContain("semantic");
  expect((await swept([halved])).findings.map(({ kind }) => kind)).not.toContain("semantic");
});

test("its options are its own", async () => {
  const losses: FunctionConfig[] = [
    { loss: naive, name: "near", range: [-20, 20] },
    { loss: naive, name: "far" },
  ];
  expect(overflows(await swept(losses)).map(([loss]) => loss)).toEqual(["far"]);
});

test("a replay is a call that shows the same", async () => {
  const report = await swept([{ loss: naive, with: { stable } }]);
  const found = report.findings.find(({ kind }) => kind === "overflow");
  expect(found?.replay).toBe(
    'explain({ loss: naive, with: { stable }, at: 88.72284, label: 0, target: "cpu" })',
  );
  const run = new Function("explain", "naive", "stable", `return ${found?.replay}`);
  const { points } = await (run(explain, naive, stable) as ReturnType<typeof explain>);
  expect(points).toMatchObject([{ implementation: "naive", value: { verdict: "overflow" } }]);
});

test("every format tells of it, and none takes the call for a command", async () => {
  const report = await sweep(
    { targets: ["cpu"], range: [60, 120], labels: [0], losses: [naive] },
    { plots: true },
  );
  for (const format of ["pretty", "json", "markdown", "sarif", "junit", "github", "html"] as const) {
    const text = await render(format, report);
    expect(text, format).toContain("explain({ loss: naive");
    expect(text, format).not.toContain("$ explain");
  }
});

test("so is that of a pixel of a map", async () => {
  const mean = (x: tf.Tensor, z: tf.Tensor) => tf.mean(naive(x, z));
  const report = await swept([{ loss: mean, name: "mean" }], { heatmaps: 4 });
  const found = report.findings.find(({ replay }) => replay.includes("heatmap"));
  expect(found?.replay).toMatch(/^explain\(\{ loss: mean, heatmap: \d, .*index: \[0, \d+, \d+, 0\]/);
  const run = new Function("explain", "mean", `return ${found?.replay}`);
  const { points } = await (run(explain, mean) as ReturnType<typeof explain>);
  expect(points).toMatchObject([{ [found?.quantity as "value"]: { verdict: found?.kind } }]);
});

test("the search finds its overflow, keeps nothing in a corpus, and gives a call where there is one", async () => {
  const { findings, errors } = await fuzz({ losses: [naive], fuzz: { runs: 500, seed: 1 } });
  expect(errors).toEqual([]);
  const found = findings.find(({ kind }) => kind === "overflow");
  expect(found).toMatchObject({
    loss: "naive",
    replay: expect.stringMatching(/^explain\(\{ loss: naive, at: /),
  });
  expect(findings.filter(({ file }) => file !== undefined)).toEqual([]);
});

test("tfjs is left as it was: its backend, its memory, its flags and its warnings", async () => {
  await tf.ready();
  const { warn } = console;
  const kept = tf.tensor1d([1, 2, 3]);
  tf.engine().startScope();
  const scoped = tf.tensor1d([4, 5, 6]);
  const flags = { ...tf.env().getFlags() };
  const before = [tf.getBackend(), tf.memory().numTensors, tf.memory().numBytes];
  await swept([naive, (x: tf.Tensor) => tf.square(x)], { targets: ["cpu", "wasm"] });
  await explain({ loss: naive, at: [1, 89], target: "wasm" });
  expect([tf.getBackend(), tf.memory().numTensors, tf.memory().numBytes]).toEqual(before);
  expect(tf.env().getFlags().WASM_HAS_MULTITHREAD_SUPPORT).toBe(flags.WASM_HAS_MULTITHREAD_SUPPORT);
  expect(console.warn).toBe(warn);
  expect(Array.from(scoped.dataSync())).toEqual([4, 5, 6]);
  tf.engine().endScope();
  expect(Array.from(kept.dataSync())).toEqual([1, 2, 3]);
  kept.dispose();
});

test("functions run one after the other, whoever asks", async () => {
  const reports = await Promise.all([naive, stable, halved].map((f) => swept([f])));
  expect(reports.map(({ losses }) => losses[0].loss)).toEqual(["naive", "stable", "halved"]);
  expect(reports.map((report) => overflows(report).length)).toEqual([1, 0, 0]);
});

test("a function that throws, or gives no loss, is an error of its own", async () => {
  const broken = () => {
    throw new Error("no weights");
  };
  const { errors, audited, exitCode } = await swept([broken as never, stable]);
  expect(errors).toMatchObject([
    { loss: "broken", implementation: "broken", message: expect.stringContaining("no weights") },
  ]);
  expect({ losses: audited.losses, exitCode }).toEqual({ losses: 1, exitCode: 2 });
});

test("fake timers of a test keep nothing waiting", async () => {
  vi.useFakeTimers();
  try {
    expect((await swept([stable])).errors).toEqual([]);
    expect((await swept(["softplus#library"])).errors).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

const three = (x: tf.Tensor, _z: tf.Tensor, _w: tf.Tensor) => x;
class Loss {}

test.each<[string, unknown, string]>([
  ["a number", 3, "losses[0] is 3, but must be a text"],
  [
    "an empty object",
    { loss: {} },
    "losses[0].loss holds no function; a loss is a function (logits, labels)",
  ],
  ["a list with more", { loss: [naive, 3] }, "losses[0].loss[1] is of type number; a loss is a function"],
  ["a class", Loss, "losses[0] is a class; a loss is a function"],
  ["three arguments", three, "losses[0] needs 3 arguments, but a loss is called with (logits, labels)"],
  ["one name twice", { loss: [naive, naive] }, 'losses[0].loss has two functions that are called "naive"'],
  ["a name that none can have", { loss: naive, name: "a/b" }, 'losses[0].name is "a/b", but must be made of'],
  [
    "with of a text",
    { loss: naive, with: "stable" },
    "losses[0].with is of type string; a loss is a function",
  ],
  ["an unknown key", { loss: naive, rtl: 1 }, 'losses[0] has no key "rtl". Did you mean "rtol"?'],
])("%s is refused", async (_, loss, message) => {
  const refused = expect(swept([loss as never])).rejects;
  await refused.toThrow(InputError);
  await refused.toThrow(message);
});

test("two losses of one name, and targets in no process of ours, are refused", async () => {
  await expect(swept([naive, naive])).rejects.toThrow(
    'losses[1] is called "naive", as another of the losses is.',
  );
  await expect(swept([{ loss: naive, name: "softplus" }, "softplus"])).rejects.toThrow('"softplus"');
  await expect(swept([naive], { targets: ["webgl"] })).rejects.toThrow(
    'A function runs in this process, on cpu, wasm, tensorflow, tensorflow-gpu only, not on "webgl".',
  );
  await expect(explain({ loss: naive, at: 1, target: "webgpu" })).rejects.toThrow('not on "webgpu"');
  await expect(fuzz({ losses: [naive], fuzz: { train: "./m.ts#m" } })).rejects.toThrow(
    "fuzz.train is ./m.ts#m, but a model trains losses of files only.",
  );
});
