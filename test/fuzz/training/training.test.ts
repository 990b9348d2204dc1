import { describe, expect, it } from "vitest";
import type { TrainingFinding } from "../../../src/fuzz/training/context.js";
import { fixture } from "../../sweep/swept.js";
import { trainedBy } from "./pytorch.js";
import { trained } from "./trained.js";

function only(findings: readonly TrainingFinding[], wanted: Partial<TrainingFinding>): TrainingFinding {
  const found = findings.filter((finding) =>
    Object.entries(wanted).every(([key, value]) => finding[key as keyof TrainingFinding] === value),
  );
  expect(found).toHaveLength(1);
  return found[0];
}

describe("training on heat maps", () => {
  it("naive reaches NaN at a learning rate that the stable form survives", async () => {
    const findings = await trained("heatmap-focal#naive");
    expect(findings.every(({ outcome, subject }) => outcome === "nan" && subject === "naive")).toBe(true);
    const [finding] = findings;
    // Shrunk to one pixel, one step of the simplest optimizer, and a round start, which PyTorch finds NaN too.
    expect(finding).toMatchObject({
      quantity: "gradient",
      optimizer: "gradient descent",
      learningRate: 20,
      steps: 1,
      start: { shape: [1, 1, 1, 1], logits: Float32Array.of(-2), labels: Float32Array.of(1) },
      at: 0,
      kernel: "Log",
      computed: { value: "NaN" },
    });
    expect(finding.survivors).toContain("stable");
    expect(finding.line?.file).toMatch(/probabilities\.ts$/);
    const { path, end } = trainedBy("naive_focal", -2);
    expect(end).toBe("nan");
    expect(path).toHaveLength(2);
    expect(finding.last.logits[0]).toBeCloseTo(path[1][0], 5);
    expect(trainedBy("stable_focal", -2).end).toBe("finite");
    expect(finding.message).toMatch(
      /^Gradient descent at learning rate 20 from logit -2 with label 1 reaches NaN in step 1, at x = 19\.53427\d; stable survives\. Log of 0 \(probabilities\.ts:30\): 1 - sigmoid\(x\) rounds to 0/,
    );
  });

  it("the clamped form never gets off a confident mistake", async () => {
    const finding = only(await trained("heatmap-focal#clamped"), {});
    expect(finding).toMatchObject({
      subject: "clamped",
      outcome: "stuck",
      optimizer: "gradient descent",
      learningRate: 1,
      steps: 0,
      start: { shape: [1, 1, 1, 1], logits: Float32Array.of(10), labels: Float32Array.of(0) },
      kernel: "ClipByValue",
      computed: { value: 0 },
    });
    // σ(10)² + 2σ(10)²(1-σ(10))·softplus(10) = 1.0007716916356113
    expect(finding.exact.value).toBeCloseTo(1.0007716916, 9);
    expect(finding.survivors).toContain("stable");
    expect(trainedBy("clamped_focal", 10).path.every(([x]) => x === 10)).toBe(true);
    expect(trainedBy("stable_focal", 10).path.at(-1)?.[0]).toBeLessThan(0);
    expect(finding.message).toMatch(
      /^Gradient descent at learning rate 1 from logit 10 with label 0 stands still at once, at x = 10: the gradient is 0 where it is 1; .*stable.* get away\. The clip is flat here/,
    );
  });

  it.each([2, 3])("finds both whatever is drawn, seed %d", async (seed) => {
    expect((await trained("heatmap-focal#naive", { seed })).map(({ outcome }) => outcome)).toContain("nan");
    expect((await trained("heatmap-focal#clamped", { seed })).map(({ outcome }) => outcome)).toEqual([
      "stuck",
    ]);
  });

  it.each([1, 2, 3])("the stable form trains from everywhere, seed %d", async (seed) => {
    expect(await trained("heatmap-focal#stable", { seed })).toEqual([]);
  });
});

describe("training on logits", () => {
  it("line 2 of the derivation overflows in one step from 3 at learning rate 100", async () => {
    const finding = only(await trained("sigmoid-cross-entropy#line-2"), { kernel: "Exp" });
    expect(finding).toMatchObject({
      outcome: "nan",
      learningRate: 100,
      steps: 1,
      start: { logits: Float32Array.of(3), labels: Float32Array.of(0) },
    });
    expect(finding.last.logits[0]).toBeCloseTo(3 - 95.257412682, 4);
  });

  it("finds both logarithms of the naive form, each with its line", async () => {
    const findings = await trained("sigmoid-cross-entropy#naive");
    const nan = findings.filter(({ outcome }) => outcome === "nan");
    expect(nan.map(({ start }) => start.labels[0]).sort()).toEqual([0, 1]);
    expect(new Set(nan.map(({ line }) => line?.line)).size).toBe(2);
    const positive = only(nan, { learningRate: 50 });
    // 50(1 - σ(0)) = 25
    expect(positive.last.logits[0]).toBe(25);
    expect(trainedBy("naive_cross_entropy", 0)).toMatchObject({ end: "nan", path: [[0], [25]] });
  });

  it.each(
    [
      "sigmoid-cross-entropy#softplus",
      "sigmoid-cross-entropy#library",
      "softmax-cross-entropy#shifted",
    ].flatMap((loss) => [1, 2, 3, 4, 5].map((seed) => [loss, seed] as const)),
  )("%s trains from everywhere, seed %d", async (loss, seed) => {
    expect(await trained(loss, { seed })).toEqual([]);
  });

  it("trains rows of classes, and shrinks them to two", async () => {
    const findings = await trained("softmax-cross-entropy#naive");
    expect(findings.length).toBeGreaterThan(0);
    for (const { start, survivors, message } of findings) {
      expect(start.shape).toEqual([1, 2]);
      expect(message).toMatch(
        / from 2 logits, of which -?\d+ with label [\d.]+, reaches NaN in step 1, at x = /,
      );
      expect(survivors).toContain("shifted");
    }
  });

  it("trains on wasm as well", async () => {
    const finding = only(await trained("sigmoid-cross-entropy#naive", { target: "wasm" }), {
      learningRate: 50,
    });
    expect(finding.last.logits[0]).toBe(25);
  });
});

describe("trainingFindings", () => {
  it("gives the same findings for the same seed", async () => {
    const twice = [await trained("heatmap-focal#clamped"), await trained("heatmap-focal#clamped")];
    expect(twice[0]).toEqual(twice[1]);
  });

  it("goes on after a loss that throws in the middle of training, and blames it for nothing", async () => {
    let runs = 0;
    const onStep = () => runs++;
    expect(await trained(fixture("training/throws-above-5.ts"), { onStep })).toEqual([]);
    expect(runs).toBeGreaterThan(10);
  });

  it("finds nothing where a learning rate that is too large lets a loss diverge", async () => {
    expect(await trained(fixture("training/square.ts"))).toEqual([]);
  });

  it("ends when it is told to, before anything is run", async () => {
    const onStep = () => {
      throw new Error("it took a step");
    };
    expect(await trained("sigmoid-cross-entropy", { goesOn: async () => false, onStep })).toEqual([]);
  });

  it("starts from no label outside the range", async () => {
    const findings = await trained("sigmoid-cross-entropy#naive", { labelRange: [1, 1] });
    expect(findings.length).toBeGreaterThan(0);
    for (const { start } of findings) expect(start.labels[0]).toBe(1);
  });
});
