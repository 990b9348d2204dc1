import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ExplainOptions } from "../../src/explain/options.js";
import type { ExplainedPoint, ExplainReport } from "../../src/explain/report.js";
import { writeNpy } from "../../src/inputs/write-npy.js";
import { sweepDefaults } from "../../src/sweep/defaults.js";
import type { SweepOptions } from "../../src/sweep/options.js";
import { sweep } from "../../src/sweep/sweep.js";
import { supervise } from "../../src/worker/supervise.js";
import { runs } from "./expected.js";

/** Sweeps naive sigmoid cross entropy as the command does, in a process for each target. */
function swept(targets: string[], options: Partial<SweepOptions> = {}) {
  const losses = ["sigmoid-cross-entropy#naive"];
  return sweep({ ...sweepDefaults, losses, targets, timeout: 60, ...options });
}

const folder = mkdtempSync(join(tmpdir(), "audit-"));
const twos = join(folder, "twos.npy");
beforeAll(() => writeNpy(twos, [4, 5, 1], new Float32Array(20).fill(2)));
afterAll(() => rmSync(folder, { recursive: true }));

/** A point that `audit explain` takes apart on tensorflow. */
async function explained(loss: string, source: ExplainOptions["source"]): Promise<ExplainedPoint> {
  const options: ExplainOptions = {
    ...{ loss, source, comparedWith: [], target: "tensorflow", from: "logits" },
    ...{ parameters: {}, rtol: 1e-5, atol: 0 },
  };
  const job = { kind: "explain" as const, version: "0.0.0", skip: [], options };
  const { result, error } = await supervise<ExplainReport>(
    () => job,
    60,
    () => {},
  );
  if (result === undefined) throw new Error(error);
  return result.points[0];
}

describe.runIf(await runs("tensorflow"))("tensorflow", () => {
  test("says what it is, with TensorFlow's version", async () => {
    const { targets, errors, exitCode } = await swept(["tensorflow"], { points: 101 });
    expect(errors).toEqual([]);
    expect(exitCode).toBe(0);
    expect(targets).toMatchObject([
      {
        name: "tensorflow",
        backend: "tensorflow",
        device: "native TensorFlow, CPU, 1 thread",
        software: false,
        threads: 1,
        subnormals: "flushed",
        versions: { "tfjs-node": "4.22.0", tensorflow: expect.stringMatching(/^\d+\.\d+/) },
      },
    ]);
  });

  test("its sigmoid reaches 1 at 16.635532, up to 17.328678 for about every other float", async () => {
    const { findings } = await swept(["cpu", "tensorflow"], { labels: [0] });
    const overflows = findings.filter(({ kind, quantity }) => kind === "overflow" && quantity === "value");
    const [cpu, tensorflow] = ["cpu", "tensorflow"].map((name) =>
      overflows.find(({ target }) => target === name),
    );
    expect(cpu?.region).toMatchObject({ from: { bits: "0x418aa123" }, share: 1 });
    expect(cpu?.region.mixed).toBeUndefined();
    expect(tensorflow?.region.from.bits).toBe("0x41851592");
    expect(tensorflow?.region.mixed).toMatchObject({
      from: { bits: "0x41851592" },
      to: { bits: "0x418aa122" },
    });
    // 51.1 % of all of these floats, counted by calls of tfjs-node.
    expect(tensorflow?.region.mixed?.share).toBeCloseTo(0.511, 1);
    expect(tensorflow?.message).toContain("between 16.635532 and 17.328678");
  });

  test("takes a point apart as it computes it in a batch", async () => {
    const point = await explained("sigmoid-cross-entropy#naive", {
      kind: "at",
      logits: [Math.fround(16.884)],
      labels: [0],
    });
    // In a batch 1 - sigmoid(x) is 2^-23 there, where 4.65e-8 is right.
    expect(Number(point.value.computed?.value)).toBeCloseTo(23 * Math.log(2), 5);
  });

  test("takes a loss of each sample apart for one sample, alone as in a map", async () => {
    // softplus(-2) * (1 - sigmoid(2))^2, which 16 copies of the sample have 16 times.
    const exact = Math.log1p(Math.exp(-2)) / (1 + Math.exp(2)) ** 2;
    const alone = await explained("heatmap-focal#logits-differentiable", {
      ...{ kind: "at", logits: [2], labels: [1] },
    });
    const inMap = await explained("heatmap-focal#logits-differentiable", {
      kind: "file",
      logits: twos,
      labels: [1],
      index: [0, 1, 2, 0],
    });
    for (const { value, notes } of [alone, inMap]) {
      expect(Number(value.computed?.value)).toBeCloseTo(exact, 8);
      expect(value.exact.value).toBeCloseTo(exact, 8);
      expect(notes.join()).not.toContain("sum of all samples");
    }
  });
});

describe.runIf(await runs("webgpu"))("webgpu", () => {
  test("says what it runs on, and whether that stands in for a GPU", async () => {
    const { targets, errors } = await swept(["webgpu"], { points: 101 });
    expect(errors).toEqual([]);
    const [{ device, software, subnormals, versions }] = targets;
    expect(device).toMatch(/^WebGPU by Dawn, ./);
    expect(software).toBe(/SwiftShader|llvmpipe/.test(device));
    expect(subnormals).toMatch(/^(kept|flushed)$/);
    expect(versions.dawn).toMatch(/^\d/);
  });

  test("finds where sigmoid is 1, to one ulp", async () => {
    const { findings } = await swept(["webgpu"], { labels: [0], points: 2001 });
    const dead = findings.find(({ severity, region }) => severity === "error" && region.from.value === 0);
    expect(dead).toBeUndefined();
    const first = findings
      .filter(({ severity, region }) => severity !== "note" && Number(region.from.value) > 0)
      .map(({ region }) => Number(region.from.value));
    expect(Math.min(...first)).toBeGreaterThan(4);
    expect(Math.min(...first)).toBeLessThan(17.4);
  });
});

test("a target that is missing is an error with its cure, and the others go on", async () => {
  const { errors, audited, targets, exitCode } = await swept(["cpu", "tensorflow-gpu"], { points: 101 });
  expect(targets.map(({ name }) => name)).toEqual(["cpu"]);
  expect(audited.implementations).toBe(1);
  expect(errors).toEqual([
    {
      target: "tensorflow-gpu",
      message: expect.stringMatching(/needs @tensorflow\/tfjs-node-gpu.*npm install/),
    },
  ]);
  expect(exitCode).toBe(2);
});

test("auto takes what there is, and misses nothing", async () => {
  const { errors, targets, exitCode } = await swept(["auto"], { losses: ["softplus#library"], points: 11 });
  expect(errors).toEqual([]);
  expect(targets.map(({ name }) => name)).toEqual(expect.arrayContaining(["cpu", "wasm"]));
  expect(exitCode).toBe(0);
});
