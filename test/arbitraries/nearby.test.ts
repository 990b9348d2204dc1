import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearby } from "../../src/arbitraries/index.js";
import { formatFloat32, fromOrdinal, LARGEST, ordinal } from "../../src/inputs/float32.js";
import { InputError } from "../../src/inputs/input-error.js";
import { biased, sample, smallest } from "./helpers.js";

/** The first float32 whose exp is beyond float32: log(2^128 (1 - 2^-25)) is 88.72283908…. */
const OVERFLOW = Math.fround(88.72284);

describe("nearby", () => {
  it("gives all floats within so many ulps of every boundary, and no others", () => {
    const numbers = new Set(sample(nearby([1, -103.97], { ulps: 3 }), 1000));
    const expected = [1, -103.97].flatMap((x) =>
      [-3, -2, -1, 0, 1, 2, 3].map((ulps) => fromOrdinal(ordinal(x) + ulps)),
    );
    expect([...numbers].sort()).toEqual(expected.sort());
  });

  it("takes 16 ulps, and boundaries that are rounded to float32", () => {
    const ulps = biased(nearby([0.1]), 2000).map((x) => ordinal(x) - ordinal(0.1));
    expect([Math.min(...ulps), Math.max(...ulps)]).toEqual([-16, 16]);
  });

  it("counts -0 as the float below 0, and ends at the largest float", () => {
    const around0 = new Set(sample(nearby([0], { ulps: 2 }), 200).map(formatFloat32));
    expect(around0).toEqual(new Set(["-1e-45", "-0", "0", "1e-45", "3e-45"]));
    const largest = new Set(sample(nearby([LARGEST, -LARGEST], { ulps: 1 }), 200).map(Math.abs));
    expect(largest).toEqual(new Set([LARGEST, fromOrdinal(ordinal(LARGEST) - 1)]));
  });

  it("shrinks to the boundary itself, or else to the nearest float that fails", () => {
    for (const x of smallest(nearby([OVERFLOW]), (x) => x >= OVERFLOW)) expect(x).toBe(OVERFLOW);
    for (const x of smallest(nearby([OVERFLOW]), (x) => x < OVERFLOW)) {
      expect(ordinal(OVERFLOW) - ordinal(x)).toBe(1);
    }
    for (const x of smallest(nearby([1, 2]), () => true)) expect(x).toBe(1);
    const twoAbove = fromOrdinal(ordinal(2) + 2);
    for (const x of smallest(nearby([1, 2]), (x) => x >= twoAbove)) expect(x).toBe(twoAbove);
  });

  it("shrinks a user's own example that is near a boundary", () => {
    const fails = fc.property(nearby([1, OVERFLOW]), (x) => x < 2);
    const examples: [number][] = [[fromOrdinal(ordinal(OVERFLOW) + 9)]];
    expect(fc.check(fails, { numRuns: 1, examples }).counterexample).toEqual([OVERFLOW]);
    expect(fc.check(fails, { numRuns: 1, examples: [[17]] }).counterexample).toEqual([17]);
  });

  it.each<[number[], number, RegExp]>([
    [[], 16, /no boundaries/],
    [[1, Number.NaN], 16, /^NaN is no boundary/],
    [[Number.POSITIVE_INFINITY], 16, /^Infinity is no boundary/],
    [[1e39], 16, /^1e\+39 is no boundary/],
    [[1], 1.5, /1.5 ulps/],
    [[1], -1, /-1 ulps/],
    [[1], 2 ** 24, /give an integer from 0 to 8388608/],
  ])("refuses %j with %d ulps", (boundaries, ulps, message) => {
    expect(() => nearby(boundaries, { ulps })).toThrow(InputError);
    expect(() => nearby(boundaries, { ulps })).toThrow(message);
  });
});
