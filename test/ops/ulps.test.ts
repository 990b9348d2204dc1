import { describe, expect, test } from "vitest";
import { isNarrow, isWorse, ulpsOff } from "../../src/ops/ulps.js";

const LARGEST = 2 ** 128 - 2 ** 104;

describe("the distance of a float32 from an exact number", () => {
  test.each([
    [1, 1, 0],
    [1, 1 + 2 ** -24, 0.5],
    [1 + 2 ** -23, 1 - 2 ** -24, 3], // below 1 an ulp is 2^-24
    [1 + 2 ** -23, 1 - 2 ** -30, 1 + 2 ** -7], // nearest to 1, where it is 2^-23
    [0, 2 ** -149, 1],
    [2 ** -149, 0, 1],
    [-1, 1, 2 ** 24],
    [LARGEST, 2 ** 128 - 2 ** 103 - 2 ** 90, 0.5 - 2 ** -14],
  ])("%d from %d is %d ulps", (computed, exact, ulps) => expect(ulpsOff(computed, exact)).toBe(ulps));

  test("Infinity is right exactly where the number rounds to it", () => {
    expect(ulpsOff(Infinity, 2 ** 128 - 2 ** 103)).toBe(0);
    expect(ulpsOff(Infinity, 1e300)).toBe(0);
    expect(ulpsOff(Infinity, LARGEST)).toBe(Infinity);
    expect(ulpsOff(-Infinity, 1e300)).toBe(Infinity);
    expect(ulpsOff(-Infinity, -1e300)).toBe(0);
  });

  test("beyond float32 a finite number is held against 2^128", () => {
    expect(ulpsOff(LARGEST, 1e300)).toBe(1);
    expect(ulpsOff(-LARGEST, -1e300)).toBe(1);
  });

  test("NaN is off by NaN", () => {
    expect(ulpsOff(Number.NaN, 1)).toBeNaN();
    expect(ulpsOff(Number.NaN, 1e300)).toBeNaN();
  });
});

test("NaN is worse than Infinity, which is worse than any number", () => {
  expect([isWorse(Number.NaN, Infinity), isWorse(Infinity, Number.NaN)]).toEqual([true, false]);
  expect([isWorse(Infinity, 1e45), isWorse(1e45, Infinity)]).toEqual([true, false]);
  expect(isWorse(Number.NaN, Number.NaN)).toBe(false);
});

describe("an enclosure is narrow enough", () => {
  test("where it is a hundredth of an ulp wide, and not where it is a tenth", () => {
    const ulp = 2 ** -23;
    expect([isNarrow(1.5, 1.5 + ulp / 200), isNarrow(1.5, 1.5 + ulp / 10)]).toEqual([true, false]);
  });

  test("where all of it rounds to Infinity, and not where some of it does", () => {
    expect([isNarrow(1e39, 1e300), isNarrow(-Infinity, -1e39)]).toEqual([true, true]);
    const edge = 2 ** 128 - 2 ** 103;
    expect(isNarrow(edge * (1 - 2 ** -50), edge * (1 + 2 ** -50))).toBe(false);
  });

  test("never where nothing is known", () => {
    expect([isNarrow(Number.NaN, Number.NaN), isNarrow(-Infinity, Infinity)]).toEqual([false, false]);
  });
});
