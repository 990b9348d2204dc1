import { expect, it } from "vitest";
import { type Dual, DualArithmetic } from "../../src/arithmetic/dual.js";
import type { Interval } from "../../src/arithmetic/interval.js";
import { intervals, isNarrow, meets } from "./exact-ends.js";
import { functionTruths, type Truth } from "./function-truths.js";

const BITS = 128;
/** Derivatives chain up to eight operations, and 1-x² or 1+x² are rounded before they are divided by. */
const LOST_BITS = 6;

const arithmetic = intervals(BITS);
const duals = new DualArithmetic(arithmetic, 1);
type Functions = Record<string, (...args: Dual<Interval>[]) => Dual<Interval>>;

const truths = functionTruths().filter(({ byX, byY }) => byX !== undefined || byY !== undefined);

function flaw({ d }: Dual<Interval>, truth: Truth): string | undefined {
  const { lo, hi, defined } = arithmetic.enclosure(d);
  if (typeof truth !== "object") throw new Error("a derivative of the data is a finite number");
  if (defined !== "yes") return `is ${defined}, but defined in truth`;
  if (!meets(d, truth.low, truth.high)) return `[${lo}, ${hi}] misses the truth`;
  return isNarrow(d, BITS - LOST_BITS, truth.high) ? undefined : `[${lo}, ${hi}] is too wide`;
}

it.each([...new Set(truths.map(({ name }) => name))])("the derivative of %s agrees with Arb", (name) => {
  const flaws: string[] = [];
  let checked = 0;
  for (const { x, y, byX, byY } of truths.filter((truth) => truth.name === name)) {
    for (const [truth, which] of [
      [byX, 0],
      [byY, 1],
    ] as const) {
      if (truth === undefined) continue;
      arithmetic.reset();
      const operands = [x, y]
        .filter((operand) => operand !== undefined)
        .map((operand, index) =>
          index === which ? duals.variable(arithmetic.constant(operand)) : duals.constant(operand),
        );
      const found = flaw((duals as unknown as Functions)[name](...operands), truth);
      checked++;
      if (found !== undefined) flaws.push(`${name}(${x}, ${y}) by argument ${which}: ${found}`);
    }
  }
  expect(flaws).toEqual([]);
  expect(checked).toBeGreaterThan(20);
});
