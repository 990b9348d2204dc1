import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distributions } from "../../src/arbitraries/index.js";
import { InputError } from "../../src/inputs/input-error.js";
import { sample, smallest, spread } from "./helpers.js";

const sum = (row: Float32Array) => row.reduce((a, b) => a + b, 0);
const positive = (row: Float32Array) => row.filter((p) => p > 0).length;
const isDistribution = (row: Float32Array) =>
  row.every((p) => p >= 0 && p <= 1) && Math.abs(sum(row) - 1) <= row.length * 2 ** -25;

describe("distributions", () => {
  it("sum to 1, for any number of classes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer(), (classes, seed) => {
        for (const row of sample(distributions(classes), 5, seed)) {
          expect(row).toHaveLength(classes);
          expect(isDistribution(row)).toBe(true);
        }
      }),
      { seed: 1 },
    );
  });

  it("are one-hot, smoothed or any, each as likely", () => {
    const n = 1200;
    const rows = sample(distributions(4), n);
    const oneHot = rows.filter((row) => row.includes(1)).length;
    const isSmoothed = (row: Float32Array) =>
      [0.025, 0.0025].some((p) => row.filter((q) => q === Math.fround(p)).length === 3);
    const smoothed = rows.filter(isSmoothed);
    expect(Math.abs(oneHot - n / 3)).toBeLessThan(spread(n, 1 / 3));
    expect(Math.abs(smoothed.length - n / 3)).toBeLessThan(spread(n, 1 / 3));
    expect(new Set(smoothed.map((row) => Math.max(...row)))).toEqual(
      new Set([0.925, 0.9925].map(Math.fround)),
    );
    for (let k = 0; k < 4; k++) {
      expect(rows.some((row) => row[k] === 1)).toBe(true);
      expect(smoothed.some((row) => row[k] > 0.9)).toBe(true);
    }
  });

  it("are uniform over the simplex where they are any, and sum to 1 exactly", () => {
    const any = sample(distributions(3), 9000).filter((row) => !row.includes(1) && new Set(row).size === 3);
    expect(any.every((row) => sum(row) === 1)).toBe(true);
    // A component of three is above t with probability (1 - t)², as the triangle above it has that share of the whole.
    for (const k of [0, 1, 2]) {
      for (const t of [0.2, 0.5, 0.8]) {
        const above = any.filter((row) => row[k] > t).length;
        expect(Math.abs(above - any.length * (1 - t) ** 2)).toBeLessThan(spread(any.length, (1 - t) ** 2));
      }
    }
  });

  it("shrink to the one-hot row of class 0, or of the class that fails", () => {
    for (const row of smallest(distributions(3), () => true)) expect([...row]).toEqual([1, 0, 0]);
    for (const row of smallest(distributions(3), (row) => row[2] > 0.5)) expect([...row]).toEqual([0, 0, 1]);
  });

  it("shrink to two classes of round decimals where one class alone is not enough", () => {
    const fails = (row: Float32Array) => row[1] > 0.3 && row[1] < 1;
    for (const row of smallest(distributions(5), fails)) {
      expect(positive(row)).toBe(2);
      expect(isDistribution(row)).toBe(true);
      expect([...row].every((p) => Math.abs(p * 10 - Math.round(p * 10)) < 1e-6)).toBe(true);
    }
  });

  it("stay distributions, and come to an end, whatever fails", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (seed, salt) => {
        const failing: Float32Array[] = [];
        const property = fc.property(distributions(4), (row) => {
          const words = new Uint32Array(row.slice().buffer);
          const fails =
            words.reduce((h, word) => Math.imul(h ^ word, 0x5bd1e995) ^ (h >>> 13), salt) % 3 !== 0;
          if (fails) failing.push(row);
          return !fails;
        });
        fc.check(property, { seed });
        expect(failing.every(isDistribution)).toBe(true);
        const counts = failing.map(positive);
        expect(counts.every((count, i) => i === 0 || count <= counts[i - 1])).toBe(true);
      }),
      { seed: 2 },
    );
  });

  it.each([0, 2.5, -1, Number.NaN])("refuse %d classes", (classes) => {
    expect(() => distributions(classes)).toThrow(InputError);
    expect(() => distributions(classes)).toThrow(/classes can't be made: give an integer of at least 1\.$/);
  });
});
