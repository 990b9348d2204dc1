import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatFloat32, fromBits } from "../../src/inputs/float32.js";
import { readability, roundings } from "../../src/inputs/roundings.js";

const anyFloat32 = fc
  .integer({ min: 0, max: 0xffffffff })
  .map((n) => fromBits(`0x${n.toString(16).padStart(8, "0")}`));

const texts = (x: number) => [...roundings(Math.fround(x))].map(formatFloat32).join(" ");
const powers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i));

describe("readability", () => {
  it("puts 0 first, then fewest characters, then fewest digits, then what is nearest to 1", () => {
    const ascending =
      "0 1 2 3 9 -1 10 20 90 -0 17 99 0.5 0.1 100 1e3 1e9 150 0.01 1e-3 1e-7 1e10 17.3 -17.3 17.32868 " +
      "3.4028235e38 1.1754944e-38 -3.4028235e38 Infinity -Infinity NaN";
    const ranks = ascending.split(" ").map((text) => readability(Number(text)));
    expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
    expect(ranks[0]).toBe(0);
  });

  it("is an integer that leaves no two floats apart by their sign alone", () => {
    fc.assert(
      fc.property(anyFloat32, (x) => {
        fc.pre(!Number.isNaN(x));
        expect(Number.isSafeInteger(readability(x))).toBe(true);
        expect(readability(-Math.abs(x))).toBeGreaterThan(readability(Math.abs(x)));
      }),
      { seed: 1 },
    );
  });
});

describe("roundings", () => {
  it.each([
    [17.32868, "0 1 -1 10 20 17 18 17.3 17.4 17.32 17.33 17.328 17.329 17.3286 17.3287"],
    [-17.3, "0 1 -1 10 20 17 18 -10 -20 -17 -18 17.3"],
    [1234.5, "0 1 -1 10 100 1000 2000 1200 1300 1230 1240 1234 1235"],
    [0.0345, "0 1 -1 0.1 0.04 0.03 0.01 0.035 0.034"],
    [99.9, "0 1 -1 10 90 99 100"],
    [7, "0 1"],
    [-5, "0 1 5 -1"],
    [-1, "0 1"],
    [100, "0 1 -1 10"],
    [1, "0"],
    [-0, "0 1 -1"],
    [0, ""],
  ])("of %d are %s", (x, expected) => {
    expect(texts(x)).toBe(expected);
  });

  it("lead from the ends of float32 to 1 by powers of ten", () => {
    const up = [...roundings(Number.POSITIVE_INFINITY)];
    expect(up.slice(0, 3)).toEqual([0, 1, -1]);
    expect(up.slice(3, 41)).toEqual(powers(1, 38).map(Math.fround));
    expect(formatFloat32(up.at(-1)!)).toBe("3.4028235e+38");
    const down = [...roundings(2 ** -149)];
    expect(down.slice(3)).toEqual(powers(-44, -1).reverse().map(Math.fround));
  });

  it("try finite numbers first in place of what is not finite, then infinities", () => {
    const notFinite = (x: number) => [...roundings(x)].filter((c) => !Number.isFinite(c));
    const infinity = Number.POSITIVE_INFINITY;
    expect([...roundings(Number.NaN)].slice(-2)).toEqual([infinity, -infinity]);
    expect(notFinite(Number.NaN)).toEqual([infinity, -infinity]);
    expect(notFinite(-infinity)).toEqual([infinity]);
    expect(notFinite(infinity)).toEqual([]);
  });

  it("are distinct float32 numbers, simplest first, all simpler than the number, for any bits", () => {
    fc.assert(
      fc.property(anyFloat32, (x) => {
        const candidates = [...roundings(x)];
        const ranks = candidates.map(readability);
        expect(new Set(candidates).size).toBe(candidates.length);
        expect(candidates.map(Math.fround)).toEqual(candidates);
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        expect(ranks.every((rank) => rank < readability(x))).toBe(true);
        expect(candidates[0]).toBe(Object.is(x, 0) ? undefined : 0);
      }),
      { seed: 2 },
    );
  });

  it("have a decimal of n digits on either side of the number, for every n that it has more of", () => {
    fc.assert(
      fc.property(anyFloat32, (x) => {
        fc.pre(Number.isFinite(x) && x > 0);
        const candidates = [...roundings(x)];
        const digits = Number(formatFloat32(x))
          .toExponential()
          .replace(/e.*|\D/g, "").length;
        for (let n = 1; n < digits; n++) {
          // A decimal of n digits is at most 10^(1-n) of it from the number.
          const near = candidates.filter((c) => Math.abs(c / x - 1) <= 10 ** (1 - n));
          expect(
            near.some((c) => c <= x),
            `${x} to ${n} digits, below`,
          ).toBe(true);
          expect(near.some((c) => c >= x) || x > 3e38, `${x} to ${n} digits, above`).toBe(true);
        }
      }),
      { seed: 3 },
    );
  });
});
