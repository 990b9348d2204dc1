import { describe, expect, test } from "vitest";
import { explain } from "../../src/explain/explain.js";
import type { ExplainOptions } from "../../src/explain/options.js";
import { defaults, explainAt, kernelOf, reasonFor } from "./explain-at.js";

/** An exact number from mpmath at 40 digits; one of the two float64 next to it will do. */
const exactly = (x: number) => ({ value: expect.closeTo(x, 15 - Math.ceil(Math.log10(Math.abs(x)))) });
const ULP_OF_10 = 2 ** -20;

describe("naive cross entropy at x = 17.4, z = 0", async () => {
  const point = await explainAt("sigmoid-cross-entropy#naive", 17.4, 0);

  test("is Infinity with a NaN gradient, where 17.3999996 and 0.99999997 are exact", () => {
    expect(point.input).toEqual({ value: 17.399999618530273, bits: "0x418b3333" });
    expect(point.value).toMatchObject({
      computed: { value: "Infinity", bits: "0x7f800000" },
      exact: { ...exactly(17.399999646281117), bits: "0x418b3333" },
      ulps: "Infinity",
      verdict: "overflow",
      severity: "error",
    });
    expect(point.gradient).toMatchObject({
      computed: { value: "NaN" },
      exact: { ...exactly(0.9999999722491576), bits: "0x3f800000" },
      verdict: "nan",
    });
  });

  test("has an enclosure that holds the exact number and is narrower than 2^-50", () => {
    const [low, high] = point.value.enclosure as number[];
    expect(low).toBeLessThanOrEqual(17.399999646281117);
    expect(high).toBeGreaterThanOrEqual(17.399999646281117);
    expect((high - low) / high).toBeLessThan(2 ** -50);
  });

  test("shows that sigmoid rounds to 1 by itself and that the log of the difference fails by what it is given", () => {
    const sigmoid = kernelOf(point, "Sigmoid");
    expect(sigmoid.computed.value).toBe(1);
    // 1 - 0.9999999722491577 in steps of 2^-24, the spacing of float32 below 1.
    expect(sigmoid.own).toBeCloseTo(2.775084223840273e-8 / 2 ** -24, 8);
    expect(sigmoid.passedOn).toBe(0);
    const logs = point.kernels.filter(({ kernel }) => kernel === "Log");
    const failing = logs.find(({ computed }) => computed.value === "-Infinity");
    expect(failing).toMatchObject({ exact: exactly(-17.399999646281117), own: 0, passedOn: "Infinity" });
  });

  test("blames the log of 0 for both", () => {
    expect(reasonFor(point, "value")).toMatch(
      /^Log of 0 \(derivation\.ts:\d+\): 1 - sigmoid\(x\) rounds to 0 where it is 2\.78e-8; write softplus\(x\)/,
    );
    expect(reasonFor(point, "gradient")).toMatch(
      /^Log divides by 0 in the gradient .* then 0 \* Infinity is NaN/,
    );
  });
});

describe("naive cross entropy at x = 10, z = 0", async () => {
  const point = await explainAt("sigmoid-cross-entropy#naive", 10, 0);

  test("loses its digits in 1 - sigmoid(x), which itself adds no error", () => {
    const exact = 4.5397868702434395e-5;
    const difference = point.kernels.filter(({ kernel }) => kernel === "Sub")[1];
    expect(difference.computed.value).toBe(1 - (kernelOf(point, "Sigmoid").computed.value as number));
    expect(difference.own).toBe(0);
    // The ulp of 4.5e-5, which lies in [2^-15, 2^-14), is 2^-38.
    const ulps = ((difference.computed.value as number) - exact) / 2 ** -38;
    expect(difference.passedOn).toBeCloseTo(ulps, 3);
    expect(ulps).toBeGreaterThan(5000);
  });

  test("is blamed on cancellation, with the cure", () => {
    const computed = point.value.computed?.value as number;
    expect(point.value.ulps).toBeCloseTo((10.000045398899218 - computed) / ULP_OF_10, 3);
    expect(reasonFor(point, "value")).toMatch(
      /^Cancellation \(derivation\.ts:\d+\): 1 - sigmoid\(x\) is .*; write sigmoid\(-x\) for 1 - sigmoid\(x\)\.$/,
    );
  });
});

test("TensorFlow's form at the tie x = 0 has the gradient 1.5 where 0.5 is true: a formula, not rounding", async () => {
  const point = await explainAt("sigmoid-cross-entropy#tensorflow", 0, 0);
  expect(point.gradient).toMatchObject({ computed: { value: 1.5 }, exact: exactly(0.5), verdict: "formula" });
  expect(point.gradient.note).toContain("is 1.5 when it is run exactly; the derivative of the value is 0.5");
  expect(reasonFor(point, "gradient")).toMatch(
    /^Maximum at a tie .*: autodiff's slope of max\(x, 0\) .*relu\(x\)/,
  );
});

test("the clamped heat-map loss is flat at x = 20: another function, and a dead gradient", async () => {
  const point = await explainAt("heatmap-focal#clamped", 20, 0);
  expect(point.value).toMatchObject({ exact: exactly(19.99999991961501), verdict: "semantic" });
  expect(point.value.note).toContain("Run exactly, this implementation gives 9.2083322:");
  expect(point.gradient).toMatchObject({
    computed: { value: 0 },
    exact: exactly(1.0000000762626835),
    verdict: "dead-gradient",
  });
  expect(reasonFor(point, "gradient")).toMatch(/^The clip is flat here/);
});

test("log(1 + exp(x)) at x = -18 is 0 where it is 1.5e-8: the log near 1 is to blame, not the sum", async () => {
  const point = await explainAt("softplus#naive", -18, 0);
  expect(point.value).toMatchObject({ computed: { value: 0 }, exact: exactly(1.5229979628736488e-8) });
  expect(reasonFor(point, "value")).toMatch(
    /^Log near 1 .*: 1 \+ exp\(x\) rounds to 1, .*write softplus\(x\)/,
  );
});

test("the square in a quotient's gradient overflows: the gradient is dead at x = -60, z = 1", async () => {
  const point = await explainAt("sigmoid-cross-entropy#line-2", -60, 1);
  expect(point.gradient).toMatchObject({ exact: exactly(-1), verdict: "dead-gradient" });
  expect(reasonFor(point, "gradient")).toMatch(
    /^Square overflows in the gradient .*: \(1 \+ exp\(-x\)\)\^2 is Infinity/,
  );
});

test("wasm's log1p is to blame for itself: log1p(4e-8) is 0 there", async () => {
  const point = await explainAt("sigmoid-cross-entropy#tensorflow", 17, 1, { target: "wasm" });
  const log1p = kernelOf(point, "Log1p");
  expect(log1p.computed.value).toBe(0);
  expect(log1p.own).toBeGreaterThan(2 ** 22);
  expect(reasonFor(point, "value")).toMatch(/^Log1p itself underflows on this target/);
});

test("a gradient that throws has a value, the message, and the kernel without a gradient", async () => {
  const point = await explainAt("heatmap-focal#logits", 3, 1);
  expect(point.value.verdict).toBe("ok");
  expect(point.gradient).toMatchObject({ computed: null, verdict: "throws", severity: "error" });
  expect(point.gradient.error).toContain("gradient function not found for Equal");
  expect(point.reasons).toMatchObject([
    { quantity: "gradient", kernel: "Equal", line: { line: expect.any(Number) } },
  ]);
});

test("beside a positive, a negative pixel of the loss that divides by their number has a value", async () => {
  const point = await explainAt("heatmap-focal#logits", 3, 0, { beside: { logit: 16, label: 1 } });
  expect(point.value).toMatchObject({ exact: exactly(2.766280441025262), verdict: "ok" });
});

test("the best form is ok, and no reason is given", async () => {
  const point = await explainAt("heatmap-focal#stable", 20, 0);
  expect([point.value.verdict, point.gradient.verdict]).toEqual(["ok", "ok"]);
  expect(point.reasons).toEqual([]);
});

test("a row shows the gradient of each of its logits", async () => {
  const point = await explainAt("softmax-cross-entropy#shifted", 3, 1, { classes: 4 });
  // softmax of [3, 0, 0, 0] minus [1, 0, 0, 0].
  const rest = 1 / (Math.exp(3) + 3);
  expect(point.gradients?.map(({ exact }) => exact.value)).toEqual(
    [-3 * rest, rest, rest, rest].map((x) => expect.closeTo(x, 14)),
  );
  expect(point.gradient).toEqual(point.gradients?.[0]);
});

test("at Infinity the limit is explained: softplus is Infinity and its slope 1", async () => {
  const point = await explainAt("softplus#library", Number.POSITIVE_INFINITY, 0);
  expect(point.value).toMatchObject({ computed: { value: "Infinity" }, ulps: 0, verdict: "ok" });
  expect(point.gradient).toMatchObject({ computed: { value: 1 }, verdict: "ok" });
  expect(point.notes.join()).toContain("the limit lies among them");
});

test("a user's file is explained with its own lines", async () => {
  const point = await explainAt("fixtures/user-losses/typescript/cross-entropy.ts#naive", 17.4, 0);
  const log = point.reasons[0];
  expect(log).toMatchObject({ kernel: "Log", line: { line: 9 } });
  expect(log.line?.file).toMatch(/typescript[\\/]cross-entropy\.ts$/);
});

test("points come for each logit, label and implementation, in this order", async () => {
  const source = { kind: "at" as const, logits: [1, 2], labels: [0, 1] };
  const { points } = await explain({ ...defaults, loss: "softplus", source }, "0.0.0");
  expect(points).toHaveLength(16);
  expect(points.slice(0, 5).map((point) => [point.implementation, point.input.value, point.label])).toEqual([
    ["naive", 1, 0],
    ["overflow-free", 1, 0],
    ["log1p", 1, 0],
    ["library", 1, 0],
    ["naive", 1, 1],
  ]);
});

test("what is accurate enough is what the tolerance says", async () => {
  // log(1 + exp(-10)) has lost 2^-24 of its 4.5e-5: 0.13 % at most.
  const verdicts = async (rtol: number, atol: number) =>
    (await explainAt("softplus#naive", -10, 0, { rtol, atol })).value.verdict;
  expect(await verdicts(1e-5, 0)).toBe("inaccurate");
  expect(await verdicts(2e-3, 0)).toBe("ok");
  expect(await verdicts(1e-5, 1e-7)).toBe("ok");
});

describe("one export of a file", () => {
  const loss = "fixtures/sweep/normalisation.ts#perPixel";
  const others = ["perBatch", "perBatchAgain"];
  // One positive and one negative: the mean of both is half of what is divided by the positives.
  const source = { kind: "at" as const, logits: [2], labels: [1], beside: { logit: 16, label: 0 } };
  const explained = (more: Partial<ExplainOptions>) =>
    explain({ ...defaults, loss, source, ...more }, "0.0.0");

  test("is the loss where it is alone, and held against what most agree on with others", async () => {
    const alone = await explained({});
    const [point, ...more] = (await explained({ comparedWith: others })).points;
    expect(more).toEqual([]);
    expect(alone.points.map(({ value }) => value.verdict)).toEqual(["ok"]);
    expect([point.implementation, point.value.verdict]).toEqual(["perPixel", "semantic"]);
    expect(Number(point.value.exact.value) / Number(point.value.computed?.value)).toBeCloseTo(2, 5);
  });

  test("is not compared with what the file doesn't have, nor a whole file or a loss of the catalogue with anything", async () => {
    await expect(explained({ comparedWith: ["perPixle"] })).rejects.toThrow(
      `The file of ${loss} has no function "perPixle" among its exports`,
    );
    for (const whole of ["fixtures/sweep/normalisation.ts", "softplus#naive"]) {
      await expect(explained({ loss: whole, comparedWith: others })).rejects.toThrow(
        "with compares one export of a file with others of it",
      );
    }
  });
});
