import { describe, expect, test } from "vitest";
import { DualArithmetic } from "../../src/arithmetic/dual.js";
import type { Interval } from "../../src/arithmetic/interval.js";
import { kernels } from "../../src/kernels/index.js";
import { intervals, isNarrow, meets } from "../arithmetic/exact-ends.js";
import { fromDecimal } from "../arithmetic/rational.js";
import { float64 } from "./float64.js";

const base = intervals(128);
const dual = new DualArithmetic(base, 0);

/** An elementwise kernel of x and its derivative by x. */
function at(kernel: string, x: number, attrs: Record<string, unknown> = {}): { v: Interval; d: Interval } {
  const { scalar } = kernels[kernel].elementwise!;
  return scalar(dual, [dual.variable(base.constant(x))], attrs);
}

/** Whether an interval is the number of these 31 digits and no wider than 100 bits. */
function expectDigits(interval: Interval, decimal: string): void {
  const number = fromDecimal(decimal);
  const slack = fromDecimal("1e-30");
  const [n, d] = [number.n * slack.d, number.d * slack.d];
  const step = slack.n * number.d;
  expect(meets(interval, { n: n - step, d }, { n: n + step, d })).toBe(true);
  expect(isNarrow(interval, 100, number)).toBe(true);
}

describe("constants of a kernel have all of their digits", () => {
  // By mpmath from 1.0507009873554804934193349852946 and 1.7580993408473768599402175208123.
  test("Selu", () => {
    expectDigits(at("Selu", 2).v, "2.101401974710960986838669970589");
    expectDigits(at("Selu", 2).d, "1.050700987355480493419334985295");
    expectDigits(at("Selu", -1).v, "-1.111330737812562761798640662428");
    expectDigits(at("Selu", -1).d, "0.6467686030348140981415768583845");
  });

  test("the derivative of Erf, 2 exp(-x²)/sqrt(pi)", () => {
    expectDigits(at("Erf", 0).d, "1.128379167095512573896158903122");
  });
});

describe("an attribute that is only calculated with means the float64 of the user", () => {
  test("LeakyRelu's slope", () => {
    const { v, d } = at("LeakyRelu", -3, { alpha: 0.1 });
    const slope = fromDecimal((0.1).toFixed(55));
    expect(meets(v, { n: -3n * slope.n, d: slope.d }) && isNarrow(v, 120, slope)).toBe(true);
    expect(base.enclosure(d)).toEqual({ lo: 0.1, hi: 0.1, defined: "yes" });
  });

  test("LinSpace between its ends", () => {
    const [{ data }] = kernels.LinSpace.evaluate(float64, {}, { start: 0.1, stop: 0.9, num: 5 });
    expect(data).toEqual([
      Math.fround(0.1),
      expect.closeTo(0.3, 15),
      0.5,
      expect.closeTo(0.7, 15),
      Math.fround(0.9),
    ]);
  });

  test("the step of Range; that of int32 drops its fraction as the tensor does", () => {
    const range = (attrs: object) => kernels.Range.evaluate(float64, {}, { ...attrs })[0].data;
    expect(range({ start: 0, stop: 1, step: 0.25, dtype: "float32" })).toEqual([0, 0.25, 0.5, 0.75]);
    expect(range({ start: 0, stop: 0.3, step: 0.1, dtype: "float32" })).toEqual([0, 0.1, 0.2]);
    expect(range({ start: 0, stop: 4, step: 1.5, dtype: "int32" })).toEqual([0, 1, 2]);
  });
});
