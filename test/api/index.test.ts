import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import {
  type AuditReport,
  explain,
  fuzz,
  gate,
  InputError,
  loadConfig,
  merge,
  render,
  runShard,
  sweep,
} from "../../src/index.js";

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const short = { targets: ["cpu"], range: [60, 120] as [number, number], points: 11, labels: [0] };
const losses = ["softplus#naive"];

test("a program is left as it was: no listeners, no output, no exit code, and an empty event loop", async () => {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", file("./embedded.ts")],
    { timeout: 60_000 },
  );
  const { before, after, ...rest } = JSON.parse(stdout);
  expect(after).toEqual(before);
  expect(rest).toEqual({
    printed: [],
    exitCode: null,
    refused: true,
    exitCodes: [0, 0, 0, 0, 1],
    stopped: { interrupted: true, losses: [] },
    isMarkdown: true,
  });
  expect(stderr).toBe("");
});

describe("an aborted signal", () => {
  const signal = AbortSignal.abort();

  test("at the start resolves at once, with nothing done and interrupted: true", async () => {
    const none = { interrupted: true, exitCode: 130, errors: [] };
    expect(await sweep({ losses }, { signal })).toMatchObject({ ...none, losses: [], findings: [] });
    expect(await fuzz({ losses }, { signal })).toMatchObject({ ...none, runs: 0, findings: [] });
    expect(await gate({ losses }, { signal })).toMatchObject({ ...none, findings: [] });
    const explained = await explain({ loss: losses[0], at: 1 }, { signal });
    expect(explained).toMatchObject({ ...none, points: [] });
    expect(explained).not.toHaveProperty("target");
  });

  test("in the middle ends with what is done, of functions too", async () => {
    const stoppedBy = async (config: Parameters<typeof sweep>[0]) => {
      const controller = new AbortController();
      const onProgress = () => controller.abort();
      return sweep({ targets: ["cpu"], ...config }, { signal: controller.signal, onProgress });
    };
    const { losses: functions } = { losses: [(await import("./losses.js")).naive] };
    for (const config of [{ losses }, { losses: functions }]) {
      expect(await stoppedBy(config)).toMatchObject({ interrupted: true, exitCode: 130 });
    }
  });

  test("stops what is explained between two points", async () => {
    const controller = new AbortController();
    let steps = 0;
    const onProgress = ({ done }: { done: number }) => {
      if (done > 0) steps += 1;
      if (steps === 1) controller.abort();
    };
    const at = Array.from({ length: 200 }, (_, i) => i);
    const report = await explain({ loss: losses[0], at }, { signal: controller.signal, onProgress });
    expect(report).toMatchObject({ interrupted: true, exitCode: 130, target: { name: "cpu" } });
    expect(report.points.length).toBeGreaterThan(0);
    expect(report.points.length).toBeLessThan(200);
  });
});

test("progress goes from 0 to at most 1, and each loss is told with its findings as soon as it is done", async () => {
  const shares: number[] = [];
  const told: [string, number][] = [];
  const report = await sweep(
    { ...short, losses: ["softplus#naive", "softplus#library"] },
    {
      onProgress: ({ done }) => shares.push(done),
      onLoss: ({ loss }, findings) => told.push([loss, findings.length]),
    },
  );
  expect(Math.min(...shares)).toBe(0);
  expect(Math.max(...shares)).toBeLessThanOrEqual(1);
  expect(told.map(([loss]) => loss)).toEqual(report.losses.map(({ loss }) => loss));
  expect(told.reduce((sum, [, n]) => sum + n, 0)).toBe(report.findings.length);
});

test("what a hook throws stops the run and comes back", async () => {
  const fault = new Error("no disk");
  const onProgress = () => {
    throw fault;
  };
  await expect(sweep({ ...short, losses }, { onProgress })).rejects.toBe(fault);
  await expect(explain({ loss: losses[0], at: 1 }, { onProgress })).rejects.toBe(fault);
});

test("paths are those of the folder", async () => {
  const report = await sweep({ ...short, losses: ["losses.ts#naive"] }, { folder: file(".") });
  expect(report).toMatchObject({ errors: [], audited: { losses: 1, implementations: 1 } });
  const { points } = await explain({ loss: "losses.ts#naive", at: 89 }, { folder: file(".") });
  expect(points).toMatchObject([{ loss: "losses", implementation: "naive" }]);
});

describe("an InputError says what is wrong", () => {
  test.each<[string, () => Promise<unknown>, string]>([
    [
      "a loss",
      () => sweep({ losses: ["sotfplus"] }),
      'There is no loss "sotfplus". Did you mean "softplus"?',
    ],
    ["a key", () => sweep({ labls: [0] } as never), 'there is no key "labls". Did you mean "labels"?'],
    ["a value", () => fuzz({ fuzz: { runs: 0 } }), "fuzz.runs is 0, but must be a whole number from 1"],
    ["a target", () => gate({ losses, targets: "kpu" }), 'targets is "kpu", but must be one of cpu, wasm'],
    [
      "an implementation",
      () => sweep({ losses: ["softplus"], implementation: ["naiv"] }),
      'There is no implementation "naiv". Did you mean "naive"? softplus has naive, overflow-free',
    ],
    ["no configuration", () => sweep(null as never), "The configuration: it is null, but must be an object"],
    [
      "a failure",
      () => fuzz({}, { replay: "softplus/no" }),
      'There is no file "softplus/no", and no failure',
    ],
    ["a format", () => render("sarfi" as never, {} as AuditReport), 'Did you mean "sarif"?'],
    ["a file", () => loadConfig("no.config.ts"), "no.config.ts"],
    ["a function in a gate", () => gate({ losses: [() => {}] } as never), "losses[0] is a function"],
  ])("%s", async (_, run, message) => {
    const outcome = await run().then(
      () => "no error",
      (error: unknown) => error,
    );
    expect(outcome).toBeInstanceOf(InputError);
    expect((outcome as Error).message).toContain(message);
  });
});

test("a shard and a merge give what one run gives", async () => {
  const folder = mkdtempSync(join(tmpdir(), "shards-"));
  const blob = join(folder, "1.json");
  try {
    const shard = await runShard("sweep", { ...short, losses }, { shard: { index: 1, of: 1 }, blob });
    expect(shard).toMatchObject({ blob, exitCode: 0, parts: [{ loss: "softplus#naive", target: "cpu" }] });
    const { report } = await merge([blob]);
    expect(report).toEqual(await sweep({ ...short, losses }));
  } finally {
    rmSync(folder, { recursive: true });
  }
  await expect(runShard("sweep", { losses }, { shard: { index: 3, of: 2 } })).rejects.toThrow(
    "shard is 3 of 2, but must be one of 1 to N, of N.",
  );
});

test("configurations are read side by side, and process.exit is that of the program afterwards", async () => {
  const { exit } = process;
  const config = file("../../fixtures/user-projects/vitest/audit.config.ts");
  const loaded = await Promise.all([loadConfig(config), loadConfig(config), loadConfig(config)]);
  expect(process.exit).toBe(exit);
  expect(new Set(loaded.map((one) => JSON.stringify(one))).size).toBe(1);
});
