import { expect, test } from "vitest";
import { errorBits, worstBits } from "../../src/judge/error-bits.js";

const ulp = 2 ** -23; // at 1

test.each([
  [1, 1, 0],
  [1 + ulp, 1, 1],
  [1 + 3 * ulp, 1, 2],
  [1, 1 + 7 * ulp, 3],
  [-1, 1, 24], // 2^24 ulps and one more
  [0, 1, 23],
  [2 ** -149, 0, 1],
])("%d for %d is off by %d bits", (computed, exact, bits) => {
  expect(errorBits(computed, exact)).toBe(bits);
});

test("it has two decimals", () => {
  expect(errorBits(1 + 2 * ulp, 1)).toBe(1.58); // log2(3) = 1.58496
});

test("NaN and Infinity say so, even where the exact number is not known", () => {
  expect(errorBits(Number.NaN, 1)).toBeNaN();
  expect(errorBits(Number.NaN, Number.NaN)).toBeNaN();
  expect(errorBits(-Infinity, 1)).toBe(Infinity);
  expect(errorBits(Infinity, Number.NaN)).toBe(Infinity);
  expect(errorBits(1, Infinity)).toBe(Infinity);
});

test("a finite number has no error where the exact one is not known", () => {
  expect(errorBits(1, Number.NaN)).toBeNull();
});

test("the worst of several is NaN before Infinity before the most bits", () => {
  expect(worstBits([1, Number.NaN, Infinity, null])).toBeNaN();
  expect(worstBits([Infinity, 3, null])).toBe(Infinity);
  expect(worstBits([null, 2, 0, 3])).toBe(3);
  expect(worstBits([null, null])).toBeNull();
});
