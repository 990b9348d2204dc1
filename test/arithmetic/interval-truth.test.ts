import { describe, expect, it } from "vitest";
import type { Interval, IntervalArithmetic } from "../../src/arithmetic/interval.js";
import { intervals, isNarrow, meets } from "./exact-ends.js";
import { type FunctionTruth, functionTruths } from "./function-truths.js";

/** A correctly rounded result is one ulp wide, at most 2^(1-bits) of it; sigmoid and softplus chain four. */
const LOST_BITS = 3;

const truths = functionTruths();
const names = [...new Set(truths.map((truth) => truth.name))];

type Functions = Record<string, (...args: Interval[]) => Interval>;

function evaluate(arithmetic: IntervalArithmetic, { name, x, y }: FunctionTruth): Interval {
  const functions = arithmetic as unknown as Functions;
  const first = arithmetic.constant(x);
  return y === undefined ? functions[name](first) : functions[name](first, arithmetic.constant(y));
}

function flaw(arithmetic: IntervalArithmetic, truth: FunctionTruth): string | undefined {
  const result = evaluate(arithmetic, truth);
  const { lo, hi, defined } = arithmetic.enclosure(result);
  const { value } = truth;
  if (value === "undefined") return defined === "no" ? undefined : `is ${defined}, but undefined in truth`;
  if (defined !== "yes") return `is ${defined}, but defined in truth`;
  if (typeof value === "number")
    return lo === value && hi === value ? undefined : `[${lo}, ${hi}] is not ${value}`;
  if (!meets(result, value.low, value.high)) return `[${lo}, ${hi}] misses the truth`;
  return isNarrow(result, arithmetic.bits - LOST_BITS, value.high) ? undefined : `[${lo}, ${hi}] is too wide`;
}

it("there are at least 3,000 truths", () => expect(truths.length).toBeGreaterThanOrEqual(3000));

describe.each([64, 128, 256])("intervals of %i bits against Arb", (bits) => {
  it.each(names)("%s contains every truth and is a few ulps wide", (name) => {
    const arithmetic = intervals(bits);
    const flaws = truths
      .filter((truth) => truth.name === name)
      .flatMap((truth) => {
        arithmetic.reset();
        const found = flaw(arithmetic, truth);
        return found === undefined ? [] : [`${name}(${truth.x}, ${truth.y}) ${found}`];
      });
    expect(flaws).toEqual([]);
  });
});
