import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ulp32 } from "../../src/inputs/float32.js";
import { writeNpy } from "../../src/inputs/write-npy.js";
import type { Curve } from "../../src/report/report.js";
import { direct, next, previous } from "./direct.js";
import { findings, fixture, type Swept, swept } from "./swept.js";

const options = { targets: ["cpu"], points: 301, plots: true };
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sigmoid = (x: number) => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));
const lineOf = (curve: Curve, name: string, quantity: "value" | "gradient") =>
  curve[quantity].find(({ implementation }) => implementation === name)!;
/** What `errorBits` means, from what was computed and what is exact. */
const bits = (computed: number, exact: number) => Math.log2(1 + Math.abs(computed - exact) / ulp32(exact));

describe("softplus", () => {
  let result: Swept;
  let curve: Curve;
  let xs: number[];
  beforeAll(async () => {
    result = await swept("softplus", options);
    [curve] = result.summary.curves!;
    xs = curve.x.map(Number);
  });

  test("the exact curve is softplus, and its derivative the sigmoid", () => {
    expect(result.summary.range).toEqual([-120, 120]);
    expect(result.summary.curves).toHaveLength(1);
    xs.forEach((x, i) => {
      // Both are right to a few units in the last place of float64.
      expect(Math.abs(Number(curve.exact.value[i]) / softplus(x) - 1), `value at ${x}`).toBeLessThan(1e-15);
      expect(Math.abs(Number(curve.exact.gradient[i]) / sigmoid(x) - 1), `gradient at ${x}`).toBeLessThan(
        1e-15,
      );
    });
  });

  test("the lines are what tfjs computes", () => {
    for (const name of ["naive", "library"]) {
      for (const quantity of ["value", "gradient"] as const) {
        const { computed } = lineOf(curve, name, quantity);
        xs.forEach((x, i) => {
          if (i % 25 > 0 || computed[i] === null) return;
          const expected = direct("softplus", name, quantity, { target: "cpu", x, label: 0 });
          expect(Number(computed[i]), `${name} ${quantity} at ${x}`).toBe(expected);
        });
      }
    }
  });

  test("errors are bits of float32; NaN and Infinity stay what they are", () => {
    for (const name of ["naive", "log1p", "library"]) {
      const { computed, errorBits } = lineOf(curve, name, "value");
      xs.forEach((x, i) => {
        if (computed[i] === null) return;
        const expected = bits(Number(computed[i]), softplus(x));
        if (expected < Infinity)
          expect(Math.abs(Number(errorBits[i]) - expected), `${name} at ${x}`).toBeLessThan(0.01);
        else expect(errorBits[i]).toBe("Infinity");
      });
    }
    const gradient = lineOf(curve, "naive", "gradient");
    expect([gradient.computed.at(-1), gradient.errorBits.at(-1)]).toEqual(["NaN", "NaN"]);
  });

  test("an implementation is computed where its regions begin and end, and at the floats beside them", () => {
    const [overflow] = findings(result, { implementation: "naive", quantity: "value", kind: "overflow" });
    const from = Number(overflow.region.from.value);
    const naive = lineOf(curve, "naive", "value").computed;
    for (const x of [previous(from), from, next(from)])
      expect(naive[xs.indexOf(x)], String(x)).not.toBeNull();
    expect(naive[xs.indexOf(from)]).toBe("Infinity");
    expect(naive[xs.indexOf(previous(from))]).not.toBe("Infinity");
    expect(lineOf(curve, "library", "value").computed[xs.indexOf(from)]).toBeNull();
  });
});

test("without plots nothing of it is there", async () => {
  const { summary } = await swept("softplus", { ...options, plots: false });
  expect(summary).not.toHaveProperty("curves");
  expect(summary).not.toHaveProperty("maps");
});

test("where a function throws there is no number", async () => {
  const { summary } = await swept(fixture("user-losses/faulty/throws-above-5.ts"), options);
  const [curve] = summary.curves!;
  const [{ computed }] = curve.value;
  curve.x.forEach((x, i) => {
    if (computed[i] !== null) expect(computed[i] === "NaN", `at ${x}`).toBe(Number(x) > 5);
  });
});

test.each([
  ["absolute", -1, 1],
  ["leaky", 0.1, 1],
])("at the kink of %s every slope from %d to %d is right", async (name, low, high) => {
  const { summary } = await swept(`${fixture("sweep/kinks.ts")}#${name}`, { ...options, labels: [0] });
  const [{ x, gradient }] = summary.curves!;
  const at = x.indexOf(0);
  expect(gradient[0].errorBits[at]).toBe(0);
  expect(Number(gradient[0].computed[at])).toBeGreaterThanOrEqual(low);
  expect(Number(gradient[0].computed[at])).toBeLessThanOrEqual(high);
});

describe("heat maps", () => {
  test("each label has a curve, that beside a positive too, and each distribution a picture", async () => {
    const { summary } = await swept("heatmap-focal", { ...options, points: 21, implementations: ["stable"] });
    expect(summary.curves?.map(({ label }) => label)).toEqual([0, 1, "0 beside a positive"]);
    expect(summary.maps?.map(({ label }) => label)).toEqual([
      "initialisation",
      "trained",
      "over-confident",
      "mis-scaled",
    ]);
  });

  test("real logits of an elementwise loss are shown with the error of each", async () => {
    const folder = mkdtempSync(join(tmpdir(), "audit-"));
    const logits = join(folder, "logits.npy");
    const numbers = Float32Array.of(-100, -1, 0, 20, 90, 3);
    await writeNpy(logits, [2, 3], numbers);
    const { summary } = await swept("softplus", { ...options, logits, labels: [0] });
    rmSync(folder, { recursive: true });
    expect(summary).not.toHaveProperty("range");
    expect(summary.implementations[0]).not.toHaveProperty("strip");
    const [picture] = summary.maps!;
    expect(picture).toMatchObject({
      height: 2,
      width: 3,
      shape: [1, 2, 3, 1],
      logits: [...numbers],
      label: 0,
    });
    const naive = picture.errors.find(({ implementation }) => implementation === "naive")!;
    expect(naive.worst).toEqual([1, 1]);
    numbers.forEach((x, i) => {
      const computed = direct("softplus", "naive", "gradient", { target: "cpu", x, label: 0 });
      if (x === 90) expect(naive.errorBits[i]).toBe("NaN");
      else
        expect(Math.abs(Number(naive.errorBits[i]) - bits(computed, sigmoid(x))), `at ${x}`).toBeLessThan(
          0.01,
        );
    });
  });

  test("what throws has no errors", async () => {
    const { summary } = await swept("heatmap-focal", { ...options, points: 21, implementations: ["logits"] });
    for (const { errors } of summary.maps!) expect(errors[0].errorBits.every((x) => x === null)).toBe(true);
  });
});
