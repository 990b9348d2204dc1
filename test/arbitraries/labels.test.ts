import { describe, expect, it } from "vitest";
import { label, labels } from "../../src/arbitraries/index.js";
import { InputError } from "../../src/inputs/input-error.js";
import { biased, sample, smallest, spread } from "./helpers.js";

const inRange = (z: number) => z >= 0 && z <= 1;
/** ε/n and 1 - ε + ε/n for ε = 0.1 and 0.01 and n = 2, 10 and 1000. */
const SMOOTHED = [0.05, 0.95, 0.01, 0.91, 0.0001, 0.9001, 0.005, 0.995, 0.001, 0.991, 0.00001, 0.99001].map(
  Math.fround,
);
const OUTSIDE = [-1, Math.fround(-1e-9), 1 + 2 ** -23, 2, 255];

describe("label", () => {
  it("is 0, 1, between and smoothed, each as likely", () => {
    const n = 8000;
    const zs = sample(label(), n);
    expect(zs.every((z) => inRange(z) && Math.fround(z) === z)).toBe(true);
    const kinds = [
      zs.filter((z) => z === 0),
      zs.filter((z) => z === 1),
      zs.filter((z) => SMOOTHED.includes(z)),
      zs.filter((z) => z > 0 && z < 1 && !SMOOTHED.includes(z)),
    ];
    for (const kind of kinds) expect(Math.abs(kind.length - n / 4)).toBeLessThan(spread(n, 1 / 4));
    // Uniform between.
    const low = kinds[3].filter((z) => z < 0.25).length;
    expect(Math.abs(low - kinds[3].length / 4)).toBeLessThan(spread(kinds[3].length, 1 / 4));
  });

  it("has every smoothed label", () => {
    expect(new Set(sample(label(), 2000).filter((z) => SMOOTHED.includes(z)))).toEqual(new Set(SMOOTHED));
  });

  it("is out of range on request only", () => {
    expect(biased(label(), 2000).every(inRange)).toBe(true);
    const outside = sample(label({ outOfRange: true }), 2000).filter((z) => !inRange(z));
    expect(new Set(outside)).toEqual(new Set(OUTSIDE));
  });

  it("shrinks to 0, to 1 and to round decimals, which stay in range", () => {
    for (const z of smallest(label(), () => true)) expect(z).toBe(0);
    for (const z of smallest(label(), (z) => z > 0)) expect(z).toBe(1);
    for (const z of smallest(label(), (z) => z > 0 && z < 1))
      expect(String(Number(z.toPrecision(6)))).toMatch(/^0\.\d+$/);
    for (const z of smallest(label({ outOfRange: true }), (z) => z < 0)) expect(z).toBe(-1);
    for (const z of smallest(label({ outOfRange: true }), (z) => z > 1)) expect([2, 10]).toContain(z);
  });
});

describe("labels", () => {
  it("fill a shape with labels of one kind, of 0 and 1, or of all kinds", () => {
    const n = 1200;
    const arrays = sample(labels([2, 4, 3]), n);
    expect(arrays.every((zs) => zs.length === 24 && zs.every(inRange))).toBe(true);
    const hard = arrays.filter((zs) => zs.every((z) => z === 0 || z === 1));
    const zero = hard.filter((zs) => zs.every((z) => z === 0)).length;
    const one = hard.filter((zs) => zs.every((z) => z === 1)).length;
    const smoothed = arrays.filter((zs) => zs.every((z) => SMOOTHED.includes(z))).length;
    for (const count of [zero, one, smoothed, hard.length - zero - one]) {
      expect(Math.abs(count - n / 6)).toBeLessThan(spread(n, 1 / 6));
    }
  });

  it("have some out of range on request only", () => {
    expect(sample(labels([9]), 500).every((zs) => zs.every(inRange))).toBe(true);
    const all = sample(labels([9], { outOfRange: true }), 500).flatMap((zs) => [...zs]);
    expect(new Set(all.filter((z) => !inRange(z)))).toEqual(new Set(OUTSIDE));
  });

  it("shrink to fewest that are not 0, and those to 1", () => {
    const positives = (zs: Float32Array) => zs.filter((z) => z !== 0);
    for (const zs of smallest(labels([3, 3]), (zs) => positives(zs).length >= 2)) {
      expect([...positives(zs)]).toEqual([1, 1]);
    }
    for (const zs of smallest(labels([3, 3]), (zs) => zs.some((z) => z > 0 && z < 1))) {
      expect(positives(zs)).toHaveLength(1);
    }
  });

  it("refuse a shape with 0 or a fraction", () => {
    for (const shape of [[0], [3, 0.5]]) expect(() => labels(shape)).toThrow(InputError);
    expect(() => labels([3, 0.5])).toThrow(
      "The shape [3, 0.5] can't be filled: give integers of at least 1.",
    );
  });
});
