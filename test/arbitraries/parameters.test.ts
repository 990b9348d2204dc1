import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parameters } from "../../src/arbitraries/index.js";
import { InputError } from "../../src/inputs/input-error.js";
import { sample, smallest, spread } from "./helpers.js";

const focal = parameters({
  alpha: { min: 0, max: 5, default: 2 },
  epsilon: { min: 1e-12, max: 0.01, default: 1e-7 },
});

describe("parameters", () => {
  it("lie between their ends, both of which are reached, as is the default", () => {
    const n = 2000;
    const all = sample(focal, n);
    const alphas = all.map(({ alpha }) => alpha);
    expect([Math.min(...alphas), Math.max(...alphas)]).toEqual([0, 5]);
    const epsilons = all.map(({ epsilon }) => epsilon);
    expect([Math.min(...epsilons), Math.max(...epsilons)]).toEqual([1e-12, 0.01]);
    for (const [values, usual] of [
      [alphas, 2],
      [epsilons, 1e-7],
    ] as const) {
      const share = values.filter((x) => x === usual).length;
      expect(Math.abs(share - n / 4)).toBeLessThan(spread(n, 1 / 4));
    }
  });

  it("spread over the range, and over its orders of magnitude", () => {
    const all = sample(focal, 2000);
    for (const low of [0, 1, 2, 3, 4]) {
      expect(all.filter(({ alpha }) => alpha > low && alpha < low + 1).length).toBeGreaterThan(50);
    }
    for (let power = -12; power < -2; power++) {
      const near = all.filter(({ epsilon }) => epsilon > 10 ** power && epsilon < 10 ** (power + 1));
      expect(near.length, `1e${power}`).toBeGreaterThan(10);
    }
  });

  it("are decimals of at most 9 digits", () => {
    for (const { alpha, epsilon } of sample(focal, 500)) {
      for (const x of [alpha, epsilon]) expect(Number(x.toPrecision(9))).toBe(x);
    }
  });

  it("shrink to the defaults, each for itself, or else to round decimals in the range", () => {
    for (const found of smallest(focal, () => true)) expect(found).toEqual({ alpha: 2, epsilon: 1e-7 });
    for (const found of smallest(focal, ({ alpha }) => alpha > 3.3)) {
      expect(found.epsilon).toBe(1e-7);
      expect([4, 5]).toContain(found.alpha);
    }
    for (const { alpha, epsilon } of smallest(focal, ({ epsilon }) => epsilon < 1e-7)) {
      expect(alpha).toBe(2);
      expect(String(epsilon)).toMatch(/^\de-[89]$/);
    }
    for (const found of smallest(focal, ({ alpha }) => alpha < 2)) expect(found.alpha).toBe(0);
  });

  it("start from a user's own example too, and keep to a range of one value", () => {
    const property = fc.property(focal, ({ alpha }) => alpha < 3);
    const examples: [{ alpha: number; epsilon: number }][] = [[{ alpha: 4.56, epsilon: 1e-3 }]];
    const { counterexample } = fc.check(property, { numRuns: 1, examples });
    expect(counterexample).toEqual([{ alpha: 4, epsilon: 1e-7 }]);
    const fixed = parameters({ smoothing: { min: 0.1, max: 0.1, default: 0.1 } });
    expect(new Set(sample(fixed, 50).map(({ smoothing }) => smoothing))).toEqual(new Set([0.1]));
  });

  it.each([
    [{ min: 2, max: 1, default: 1.5 }, /^The parameter beta goes from 2 to 1 and is 1.5 by default: give/],
    [{ min: 0, max: 1, default: 2 }, /is 2 by default/],
    [{ min: Number.NaN, max: 1, default: 1 }, /from NaN to 1/],
    [{ min: 0, max: Number.POSITIVE_INFINITY, default: 1 }, /from 0 to Infinity/],
    [{ min: 0, max: 1e39, default: 1 }, /to 1e\+39/],
    [{ min: 0, max: 1, default: Number.NaN }, /NaN by default/],
  ])("refuse %j", (range, message) => {
    expect(() => parameters({ beta: range })).toThrow(InputError);
    expect(() => parameters({ beta: range })).toThrow(message);
  });
});
