import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logit, logits } from "../../src/arbitraries/index.js";
import { InputError } from "../../src/inputs/input-error.js";
import { isLogitOf, type LogitSource, logitSources } from "../../src/inputs/logit-distributions.js";
import { biased, sample, smallest, spread } from "./helpers.js";

const notZero = (xs: Float32Array) => xs.filter((x) => !Object.is(x, 0));

describe("logit", () => {
  it("comes from every source, each as likely", () => {
    const n = 12_000;
    const xs = sample(logit(), n);
    expect(xs.every((x) => logitSources.some((source) => isLogitOf(x, source)))).toBe(true);
    // This interval has 99.5 % of the first source, and less than 1 % of any other.
    const initial = xs.filter((x) => x > -2.5 && x < -1.9).length;
    expect(initial - n / 6).toBeGreaterThan(-spread(n, 1 / 6));
    expect(initial - n / 6).toBeLessThan(spread(n, 1 / 6) + 0.01 * n);
    const tiny = xs.filter((x) => Math.abs(x) < 1e-6).length;
    // 107 of the 140 binades below 10000 lie below 2^-20.
    expect(Math.abs(tiny - ((n / 6) * 107) / 140.2)).toBeLessThan(spread(n, 1 / 8));
  });

  it.each(logitSources)("comes from %s alone when asked for", (source) => {
    expect(sample(logit({ from: [source] }), 500).every((x) => isLogitOf(x, source))).toBe(true);
    expect(biased(logit({ from: [source] }), 500).every((x) => isLogitOf(x, source))).toBe(true);
  });

  it("shrinks to round numbers that the sources give", () => {
    for (const x of smallest(logit(), (x) => x > 17))
      expect([20, 30, 40, 50, 60, 70, 80, 90, 100]).toContain(x);
    for (const x of smallest(logit(), () => true)) expect(x).toBe(0);
    for (const x of smallest(logit({ from: ["initialisation"] }), () => true)) expect(x).toBe(-2);
    for (const x of smallest(logit({ from: ["saturated"] }), () => true)) expect(x % 10).toBe(0);
  });
});

describe("logits", () => {
  it("fills a shape with logits of one source, or of all in some arrays", () => {
    const from: LogitSource[] = ["initialisation", "saturated"];
    const arrays = sample(logits([2, 3, 4], { from }), 400);
    expect(arrays.every((xs) => xs instanceof Float32Array && xs.length === 24)).toBe(true);
    const saturated = arrays.map((xs) => xs.filter((x) => isLogitOf(x, "saturated")).length);
    const mixed = saturated.filter((count) => count > 0 && count < 24).length;
    // One in eight; of those, as good as all have logits of both.
    expect(Math.abs(mixed - 50)).toBeLessThan(spread(400, 1 / 8));
    expect(saturated.filter((count) => count === 0).length).toBeGreaterThan(100);
    expect(saturated.filter((count) => count === 24).length).toBeGreaterThan(100);
  });

  it("takes a scalar's shape, and one element", () => {
    expect(sample(logits([]), 1)[0]).toHaveLength(1);
    expect(sample(logits([1, 1]), 1)[0]).toHaveLength(1);
  });

  it("shrinks to one number that is not 0, and a round one", () => {
    for (const xs of smallest(logits([3, 7]), (xs) => xs.some((x) => x > 17))) {
      expect(notZero(xs)).toHaveLength(1);
      expect(notZero(xs)[0] % 10).toBe(0);
    }
    for (const xs of smallest(logits([5]), () => true)) expect([...xs]).toEqual([0, 0, 0, 0, 0]);
  });

  it("shrinks to as many as are needed, wherever they are", () => {
    const fails = (xs: Float32Array) => xs[0] < -1 && xs[17] < -1;
    for (const xs of smallest(logits([18]), fails)) {
      expect(notZero(xs)).toHaveLength(2);
      expect(fails(xs)).toBe(true);
    }
  });

  it("shrinks equal numbers that must be equal together", () => {
    const fails = (xs: Float32Array) => xs[0] > 1 && xs.every((x) => x === xs[0]);
    const examples: [Float32Array][] = [[new Float32Array(4).fill(17.328678)]];
    const property = fc.property(logits([4]), (xs) => !fails(xs));
    const { counterexample } = fc.check(property, { seed: 1, numRuns: 1, examples });
    expect([...counterexample![0]]).toEqual([10, 10, 10, 10]);
  });

  it("shrinks within what its sources give, where 0 is not among it", () => {
    const from: LogitSource[] = ["initialisation"];
    for (const xs of smallest(logits([6], { from }), () => true)) expect([...xs]).toEqual(Array(6).fill(-2));
    for (const xs of smallest(logits([6], { from }), (xs) => xs[3] < -2.1)) {
      expect([...xs.subarray(0, 3), ...xs.subarray(4)]).toEqual(Array(5).fill(-2));
      expect(Math.abs(Math.fround(xs[3] * 10) % 1)).toBe(0);
    }
  });

  it("ends, without leaving a smaller example untried, whatever fails", () => {
    const hash = (xs: Float32Array, salt: number) =>
      new Uint32Array(xs.slice().buffer).reduce(
        (h, word) => Math.imul(h ^ word, 0x5bd1e995) ^ (h >>> 13),
        salt,
      ) >>> 0;
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (seed, salt) => {
        const fails = (xs: Float32Array) => hash(xs, salt) % 2 === 0;
        const arbitrary = logits([4]);
        const { counterexample } = fc.check(
          fc.property(arbitrary, (xs) => !fails(xs)),
          { seed },
        );
        if (counterexample === null) return;
        const left = [...arbitrary.shrink(counterexample[0], undefined)].filter(({ value }) => fails(value));
        expect(left).toEqual([]);
      }),
      { seed: 6, numRuns: 30 },
    );
  });

  it("needs few runs of the property to shrink a large array", () => {
    for (const seed of [1, 2, 3]) {
      let runs = 0;
      const property = fc.property(logits([1000]), (xs) => {
        runs++;
        return xs.every((x) => x <= 17);
      });
      fc.check(property, { seed });
      // Halving takes 2·log2(1000) = 20 runs, looking once at what is left some more.
      expect(runs).toBeLessThan(200);
    }
  });

  it("prints decimals that give the same floats", () => {
    const [xs] = sample(logits([3]), 1);
    const text = fc.stringify(xs);
    expect(text).toMatch(/^Float32Array\.of\(.*\)$/);
    expect(new Function(`return ${text}`)()).toEqual(new Float32Array(xs));
    expect(
      fc.stringify(smallest(logits([2], { from: ["initialisation"] }), (xs) => xs[0] < -2.1)[0]),
    ).toMatch(/^Float32Array\.of\(-2\.\d, -2\)$/);
  });

  it("gives the same for the same seed", () => {
    expect(sample(logits([5]), 20, 3)).toEqual(sample(logits([5]), 20, 3));
    expect(sample(logits([5]), 20, 3)).not.toEqual(sample(logits([5]), 20, 4));
  });

  it.each([[[0]], [[2, 1.5]], [[-1]], [[Number.NaN]], [[2, Number.POSITIVE_INFINITY]]])(
    "refuses the shape %j",
    (shape) => {
      expect(() => logits(shape)).toThrow(InputError);
      expect(() => logits(shape)).toThrow(
        /^The shape \[.*\] can't be filled: give integers of at least 1\.$/,
      );
    },
  );

  it("refuses sources that do not exist, and none", () => {
    const unknown = ["pretrained"] as unknown as LogitSource[];
    for (const wrong of [() => logit({ from: unknown }), () => logits([1], { from: unknown })]) {
      expect(wrong).toThrow(InputError);
      expect(wrong).toThrow(
        /^There is no source of logits "pretrained": give some of initialisation, trained/,
      );
    }
    expect(() => logit({ from: [] })).toThrow(/^from is empty: give some of/);
  });
});
