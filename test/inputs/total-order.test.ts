import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromTotalOrdinal, totalOrdinal } from "../../src/inputs/total-order.js";

const infinity = Number.POSITIVE_INFINITY;

describe("totalOrdinal", () => {
  it.each([
    [0, 0],
    [-0, -1],
    [2 ** -149, 1],
    [-(2 ** -149), -2],
    [1, 0x3f800000],
    [-1, -0x3f800001],
    [infinity, 0x7f800000],
    [-infinity, -0x7f800001],
    [-1e-60, -1],
    [0.1, 0x3dcccccd],
  ])("of %d is %d, as IEEE 754 orders the bits", (x, expected) => {
    expect(totalOrdinal(x)).toBe(expected);
    expect(fromTotalOrdinal(expected)).toBe(Math.fround(x));
  });

  it("is NaN for NaN", () => {
    expect(totalOrdinal(Number.NaN)).toBeNaN();
  });

  it("goes back and forth, for all floats", () => {
    fc.assert(
      fc.property(fc.integer({ min: -0x7f800001, max: 0x7f800000 }), (n) => {
        expect(totalOrdinal(fromTotalOrdinal(n))).toBe(n);
        // The bits of a negative number, its sign aside, count down from -0.
        const word = new Int32Array(Float32Array.of(fromTotalOrdinal(n)).buffer)[0];
        expect(word >= 0 ? word : -1 - (word & 0x7fffffff)).toBe(n);
      }),
      { seed: 1 },
    );
  });
});
