import fc from "fast-check";
import { expect, test } from "vitest";
import type { Enclosure } from "../../src/arithmetic/enclosure.js";
import {
  classify,
  classifyBetween,
  classifyEnclosure,
  classifyLimit,
  OK,
  UNRESOLVED,
  verdicts,
} from "../../src/judge/classify.js";
import type { Quantity } from "../../src/judge/finding.js";

const tolerance = { rtol: 1e-5, atol: 0 };
const between = (lo: number, hi: number): Enclosure => ({ lo, hi, defined: "yes" });
const maybe = (lo: number, hi: number): Enclosure => ({ lo, hi, defined: "unknown" });
const undefinedThere: Enclosure = { lo: Number.NaN, hi: Number.NaN, defined: "no" };

function kindOf(code: number): string {
  return code === OK ? "ok" : code === UNRESOLVED ? "unresolved" : verdicts[code - 1].kind;
}

const size = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -2, max: 2, noNaN: true }),
  // Around the thresholds of negligible and of subnormal, and of overflow.
  fc.double({ min: -3, max: 3, noNaN: true }).map((x) => x * 2 ** -23),
  fc.double({ min: -3, max: 3, noNaN: true }).map((x) => x * 2 ** -126),
  fc.double({ min: -1.5, max: 1.5, noNaN: true }).map((x) => x * 2 ** 128),
  fc.constantFrom(0, 2 ** -23, -(2 ** -23), 2 ** 128 * (1 - 2 ** -25), Infinity, -Infinity),
);
const computed = fc.oneof(
  size.map(Math.fround),
  fc.float(),
  fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity),
);
const quantities = fc.constantFrom<Quantity>("value", "gradient");
const tolerances = fc.record({
  rtol: fc.constantFrom(0, 1e-7, 1e-5, 0.1),
  atol: fc.constantFrom(0, 1e-8, 1),
});

test("the verdict on an interval is that on every number in it, or open", () => {
  let decided = 0;
  fc.assert(
    fc.property(
      computed,
      size,
      fc.oneof(
        size,
        fc.double({ min: 0, max: 2 ** -20, noNaN: true }).map((x) => 1 + x),
      ),
      fc.boolean(),
      quantities,
      tolerances,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
      (value, a, b, isNear, quantity, tol, at) => {
        const other = isNear ? a * b : b;
        fc.pre(!Number.isNaN(other));
        const [lo, hi] = a < other ? [a, other] : [other, a];
        const verdict = classifyBetween(value, lo, hi, quantity, tol);
        if (verdict === UNRESOLVED) return;
        decided++;
        const inside = [
          ...at.map((t) => lo * (1 - t) + hi * t),
          0,
          value,
          Math.max(lo, -1e308),
          Math.min(hi, 1e308),
        ];
        for (const exact of inside) {
          // An infinite end is a missing bound: the numbers are the finite ones between.
          if (lo <= exact && exact <= hi && Number.isFinite(exact))
            expect(kindOf(classify(value, exact, quantity, tol))).toBe(kindOf(verdict));
        }
      },
    ),
    { numRuns: 20_000, seed: 4 },
  );
  expect(decided).toBeGreaterThan(5000);
});

test("an interval that is one number is judged as that number", () => {
  fc.assert(
    fc.property(computed, size, quantities, tolerances, (value, exact, quantity, tol) => {
      expect(classifyBetween(value, exact, exact, quantity, tol)).toBe(classify(value, exact, quantity, tol));
    }),
  );
});

test.each<[number, Enclosure, string]>([
  [1, between(1 - 1e-6, 1 + 1e-6), "ok"],
  [1, between(0.9, 1.1), "unresolved"],
  [1, between(2, 3), "inaccurate"],
  [1, between(0.5, 3), "unresolved"],
  [0, between(1, 3), "dead-gradient"],
  [0, between(-3, -1), "dead-gradient"],
  [0, between(-1, 1), "unresolved"],
  [0, between(0, 2 ** -24), "unresolved"],
  [0, between(2 ** -100, 2 ** -24), "underflow"],
  [0, between(0, 2 ** -256), "ok"],
  [-1, between(0.5, 1), "wrong-sign"],
  [-1, between(-0.5, 1), "unresolved"],
  [Infinity, between(1, 2), "overflow"],
  [Infinity, between(1, 1e300), "overflow"],
  [Infinity, between(1e39, 1e300), "overflow"],
  // An infinite end is a missing bound.
  [Infinity, between(1, Infinity), "overflow"],
  [Infinity, between(1e39, Infinity), "overflow"],
  [1, between(2, Infinity), "inaccurate"],
  [1, between(0.5, Infinity), "unresolved"],
  // Both ends: the formula is infinite.
  [Infinity, between(Infinity, Infinity), "overflow"],
  [3e38, between(Infinity, Infinity), "inaccurate"],
  // What may not exist can't be judged, but NaN can.
  [1, maybe(1, 1), "unresolved"],
  [Infinity, maybe(1, 1), "overflow"],
  [Number.NaN, maybe(-Infinity, Infinity), "nan"],
  [1, undefinedThere, "unresolved"],
  [Infinity, undefinedThere, "overflow"],
  [Number.NaN, undefinedThere, "nan"],
])("%d against %o is %s", (value, exact, expected) => {
  expect(kindOf(classifyEnclosure(value, exact, "gradient", tolerance))).toBe(expected);
});

test.each<[number, Enclosure, string]>([
  // softplus(x) for x beyond the largest float32, and its limit at Infinity.
  [Infinity, between(3.4e38, Infinity), "ok"],
  [1, between(0.99999, 1), "ok"],
  [0, between(0, 1e-300), "ok"],
  [0, between(0.5, 1), "dead-gradient"],
  [-1, between(0.5, 1), "wrong-sign"],
  [1 + 2 ** -10, between(0.5, 1), "inaccurate"],
  [1 + 2 ** -20, between(0.5, 1), "ok"],
  [5, between(3.4e38, Infinity), "inaccurate"],
  [-Infinity, between(3.4e38, Infinity), "overflow"],
  [Number.NaN, between(0, 1), "nan"],
  [1, maybe(0, 2), "unresolved"],
  [1, undefinedThere, "unresolved"],
])("as a limit, %d against %o is %s", (value, exact, expected) => {
  expect(kindOf(classifyLimit(value, exact, "gradient", tolerance))).toBe(expected);
});
