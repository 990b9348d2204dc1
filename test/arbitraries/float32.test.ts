import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Float32Options, float32 } from "../../src/arbitraries/index.js";
import { formatFloat32, fromOrdinal, isSubnormal, LARGEST, ordinal } from "../../src/inputs/float32.js";
import { InputError } from "../../src/inputs/input-error.js";
import { readability } from "../../src/inputs/roundings.js";
import { biased, sample, smallest, spread } from "./helpers.js";

const infinity = Number.POSITIVE_INFINITY;
const n = 60_000;
const anyOrdinal = fc.integer({ min: -ordinal(LARGEST), max: ordinal(LARGEST) });

/** The 9 bits of sign and exponent. */
const binade = (x: number) => new Uint32Array(Float32Array.of(x).buffer)[0] >>> 23;

describe("float32", () => {
  it("draws every exponent of either sign as often as it has bits", () => {
    const counts = new Array<number>(512).fill(0);
    for (const x of sample(float32(), n)) counts[binade(x)]++;
    // 2 times 255 exponents that are finite, 0 and the subnormals being one.
    const expected = n / 510;
    counts.forEach((count, i) => {
      if (i % 256 === 255) expect(count).toBe(0);
      else expect(Math.abs(count - expected), `exponent ${i}`).toBeLessThan(spread(n, 1 / 510));
    });
  });

  it("draws all bits of the significand", () => {
    const ones = new Array<number>(23).fill(0);
    for (const x of sample(float32(), n)) {
      for (let bit = 0; bit < 23; bit++) if ((Math.abs(ordinal(x)) >> bit) & 1) ones[bit]++;
    }
    for (const count of ones) expect(Math.abs(count - n / 2)).toBeLessThan(spread(n, 1 / 2));
  });

  it("has the special values and their neighbours among edge cases", () => {
    const all = new Set(biased(float32({ infinity: true, nan: true }), 5000).map(formatFloat32));
    const specials = [0, 2 ** -149, 2 ** -126 - 2 ** -149, 2 ** -126, 1, LARGEST, infinity];
    const beside = [2 ** -148, 2 ** -126 + 2 ** -149, 1 + 2 ** -23, 1 - 2 ** -24, LARGEST - 2 ** 104];
    for (const x of [...specials, ...beside].flatMap((x) => [x, -x])) {
      expect(all, formatFloat32(x)).toContain(formatFloat32(x));
    }
    expect(all).toContain("NaN");
  });

  it("has NaN and infinities on request only", () => {
    const notFinite = (options: Float32Options) =>
      new Set(
        [...biased(float32(options), 5000), ...sample(float32(options), 5000)].filter(
          (x) => !Number.isFinite(x),
        ),
      );
    expect(notFinite({})).toEqual(new Set());
    expect(notFinite({ nan: true })).toEqual(new Set([Number.NaN]));
    expect(notFinite({ infinity: true })).toEqual(new Set([infinity, -infinity]));
    expect(notFinite({ infinity: true, min: 0 })).toEqual(new Set([infinity]));
    expect(notFinite({ max: infinity })).toEqual(new Set());
  });

  it("draws NaN as often as there are patterns of it", () => {
    const share = (2 * (2 ** 23 - 1)) / (2 ** 32 - 2);
    const count = sample(float32({ nan: true }), n).filter(Number.isNaN).length;
    expect(Math.abs(count - n * share)).toBeLessThan(spread(n, share));
  });

  it.each<[Float32Options, number[]]>([
    [{ min: -(2 ** -149), max: 2 ** -149 }, [-(2 ** -149), -0, 0, 2 ** -149]],
    [{ min: 0, max: 2 ** -149 }, [0, 2 ** -149]],
    [{ min: -(2 ** -149), max: -0 }, [-(2 ** -149), -0]],
    [{ min: -0, max: 0 }, [-0, 0]],
    [{ min: -0, max: -0 }, [-0]],
    [{ min: 0, max: 0 }, [0]],
    [{ min: -1e-60, max: 1e-60 }, [-0, 0]],
    [{ min: 2 ** -127, max: 2 ** -126, subnormals: false }, [2 ** -126]],
    [{ min: -(2 ** -126), max: 2 ** -126, subnormals: false }, [-(2 ** -126), -0, 0, 2 ** -126]],
    [{ min: -1e-40, max: 1e-40, subnormals: false }, [-0, 0]],
    [{ min: 1 - 2 ** -30, max: 1 + 2 ** -30 }, [1]],
    [{ min: 1 - 2 ** -24, max: 1 + 2 ** -23 }, [1 - 2 ** -24, 1, 1 + 2 ** -23]],
    [{ min: LARGEST }, [LARGEST]],
    [{ min: LARGEST, infinity: true }, [LARGEST, infinity]],
    [{ min: 1e39, infinity: true }, [infinity]],
    [{ max: -1e39, infinity: true }, [-infinity]],
    [{ min: 1, max: 1, nan: true, infinity: true }, [1, Number.NaN]],
  ])("of %j are all the floats there, and no others", (options, expected) => {
    const numbers = [...biased(float32(options), 300), ...sample(float32(options), 300)];
    expect(new Set(numbers.map(formatFloat32))).toEqual(new Set(expected.map(formatFloat32)));
  });

  it("stays within any range, and within normal numbers if so asked", () => {
    const ordinals = fc.tuple(anyOrdinal, anyOrdinal).map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
    fc.assert(
      fc.property(ordinals, fc.boolean(), ([a, b], subnormals) => {
        const [min, max] = [fromOrdinal(a), fromOrdinal(b)];
        fc.pre(subnormals || !isSubnormal(min));
        const numbers = float32({ min, max, subnormals });
        for (const x of [...biased(numbers, 20), ...sample(numbers, 20)]) {
          expect(Math.fround(x)).toBe(x);
          expect(min <= x && x <= max).toBe(true);
          expect(subnormals || !isSubnormal(x)).toBe(true);
        }
      }),
      { seed: 4 },
    );
  });

  it("gives the same for the same seed", () => {
    expect(sample(float32(), 100, 7)).toEqual(sample(float32(), 100, 7));
    expect(sample(float32(), 100, 7)).not.toEqual(sample(float32(), 100, 8));
  });

  it.each<[Float32Options, RegExp]>([
    [{ min: 2, max: 1 }, /^No float32 lies between a min of 2 and a max of 1: give/],
    [{ min: 0, max: -0 }, /min of 0 and a max of -0/],
    [{ min: Number.NaN }, /^The min of float32 is NaN: give/],
    [{ max: Number.NaN }, /^The max of float32 is NaN: give/],
    [{ min: 1 + 2 ** -30, max: 1 + 2 ** -29 }, /^No float32 lies between a min of 1.0000000009313226/],
    [{ min: 1e-40, max: 2e-40, subnormals: false }, /^No normal float32 lies between/],
    [{ min: infinity }, /min of Infinity/],
    [{ max: -1e39 }, /max of -1e\+39/],
  ])("refuses %j", (options, message) => {
    expect(() => float32(options)).toThrow(InputError);
    expect(() => float32(options)).toThrow(message);
  });
});

describe("what float32 shrinks to", () => {
  it("is a number of one digit where one fails", () => {
    for (const x of smallest(float32(), (x) => x >= 88.72284)) expect([90, 100]).toContain(x);
    for (const x of smallest(float32(), (x) => x < -88.72284)) expect([-90, -100]).toContain(x);
    for (const x of smallest(float32({ nan: true, infinity: true }), () => true)) expect(x).toBe(0);
    for (const x of smallest(float32(), (x) => x !== 0)) expect(x).toBe(1);
  });

  it("has as few digits as the range of failing numbers allows", () => {
    const between = (low: number, high: number) => (x: number) => low < x && x < high;
    for (const x of smallest(float32({ min: 17, max: 18 }), between(17.31, 17.42))) {
      expect(x).toBe(Math.fround(17.4));
    }
    for (const x of smallest(float32({ min: 0, max: 1e-38 }), between(1.14e-39, 1.26e-39))) {
      expect(x).toBe(Math.fround(1.2e-39));
    }
  });

  it("has no sign where plus fails as well", () => {
    for (const x of smallest(float32(), (x) => Math.abs(x) > 17)) expect(x).toBeGreaterThan(0);
  });

  it("is finite where a finite number fails, and else what alone does", () => {
    const all = float32({ nan: true, infinity: true });
    for (const x of smallest(all, (x) => !(x <= 1e38))) expect(formatFloat32(x)).toMatch(/^[23]e\+38$/);
    for (const x of smallest(all, Number.isNaN)) expect(x).toBeNaN();
    for (const x of smallest(all, (x) => !Number.isFinite(x))) expect(x).toBe(infinity);
    for (const x of smallest(float32(), (x) => Object.is(x, -0))) expect(x).toBe(-0);
  });

  it("stays in the range, and gets simpler with every step, whatever fails", () => {
    const numbers = float32({ min: 0.3, max: 1e6, subnormals: false });
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (seed, salt) => {
        const failing: number[] = [];
        const property = fc.property(numbers, (x) => {
          const fails = (Math.imul(ordinal(x) ^ salt, 0x9e3779b1) >>> 0) % 3 > 0;
          if (fails) failing.push(x);
          return !fails;
        });
        fc.check(property, { seed });
        expect(failing.every((x) => x >= 0.3 && x <= 1e6)).toBe(true);
        const ranks = failing.map(readability);
        expect(ranks.every((rank, i) => i === 0 || rank < ranks[i - 1])).toBe(true);
      }),
      { seed: 5 },
    );
  });

  it("starts from a user's own example too", () => {
    const fails = fc.property(float32(), (x) => x < 17);
    expect(
      fc.check(fails, { seed: 1, numRuns: 1, examples: [[Math.fround(17.328678)]] }).counterexample,
    ).toEqual([20]);
    // What is no float32, or outside the range, is left as it is.
    expect(fc.check(fails, { seed: 1, numRuns: 1, examples: [[17.328678]] }).counterexample).toEqual([
      17.328678,
    ]);
  });
});
