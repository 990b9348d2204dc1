import fc from "fast-check";
import { expect, test } from "vitest";
import {
  classify,
  INACCURATE_NOTE,
  NAN,
  OK,
  OVERFLOW,
  UNDERFLOW_NOTE,
  UNRESOLVED,
} from "../../src/judge/classify.js";
import { classifyBall } from "../../src/judge/classify-ball.js";

const RTOL = 1e-5;
const magnitude = fc.integer({ min: -140, max: 140 }).map((exponent) => 2 ** exponent);
const number = fc
  .tuple(magnitude, fc.double({ min: -2, max: 2, noNaN: true }))
  .map(([scale, x]) => scale * x);
const computed = fc.oneof(number.map(Math.fround), fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity));

test("a verdict on a ball is that of `classify` on every number in it", () => {
  const seen = new Set<number>();
  fc.assert(
    fc.property(
      computed,
      number,
      magnitude,
      fc.boolean(),
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
      (value, far, size, isNear, places) => {
        const mid = isNear && Number.isFinite(value) ? value * (1 + 2 ** -14 * places[0]) : far;
        const reach = Math.min(size, Math.abs(mid) * 2 ** -20);
        const verdict = classifyBall(value, mid, reach, RTOL, 0);
        seen.add(verdict);
        if (verdict === UNRESOLVED) return;
        for (const place of [-1, 1, ...places]) {
          for (const quantity of ["value", "gradient"] as const) {
            expect(classify(value, mid + place * reach, quantity, { rtol: RTOL, atol: 0 })).toBe(verdict);
          }
        }
      },
    ),
    { numRuns: 20_000, seed: 1 },
  );
  expect(seen).toEqual(new Set([OK, NAN, OVERFLOW, UNDERFLOW_NOTE, INACCURATE_NOTE, UNRESOLVED]));
});

test.each([
  ["a zero in the place of what is not negligible", 0, 1e-3, 1e-15],
  ["an error that is allowed for some numbers of the ball only", 1, 1 + 1e-5, 1e-8],
])("leaves open %s", (_, value, mid, reach) => {
  expect(classifyBall(value, mid, reach, RTOL, 0)).toBe(UNRESOLVED);
});
