import { describe, expect, test } from "vitest";
import { Domain } from "../../src/fuzz/domain.js";
import { DistributedLabels, FreeLabels } from "../../src/fuzz/labels.js";
import { Random } from "../../src/inputs/random.js";
import { expectDistribution, expectInside, spaces } from "./inputs.js";

/** Each of four classes is rounded to a multiple of 2^-24, and the largest makes up for it. */
const ROUNDING = 4 * 2 ** -24;
const widths = [2, 3, 4, 5, 7, 10, 100];

describe("distributions over the classes of a row", () => {
  const labels = new DistributedLabels();

  test.each(widths)("of %i classes add up to 1 exactly, and no class is negative", (width) => {
    const random = new Random(width);
    const seeds = labels.seeds(width).map((seed) => Float32Array.from(seed));
    const drawn = Array.from({ length: 300 }, () => labels.draw(random, [1, width]));
    for (const z of [...seeds, ...drawn]) {
      expect(z.length).toBe(width);
      expectDistribution(z);
      const child = { shape: [1, width], logits: new Float32Array(width), labels: z.slice() };
      labels.change(random, child, { ...child, labels: drawn[0] });
      expectDistribution(child.labels);
    }
  });

  test("are of one class, of smoothed ones, of all alike, and of any", () => {
    const random = new Random(1);
    const drawn = Array.from({ length: 300 }, () => [...labels.draw(random, [1, 4])]);
    const share = (isOf: (z: number[]) => boolean) => drawn.filter(isOf).length / drawn.length;
    const distinct = (z: number[]) => new Set(z).size;
    expect(share((z) => z.includes(1))).toBeGreaterThan(0.2);
    expect(share((z) => distinct(z) === 2 && Math.abs(Math.max(...z) - 0.9) < ROUNDING)).toBeGreaterThan(
      0.03,
    );
    expect(share((z) => distinct(z) === 1)).toBeGreaterThan(0.03);
    expect(share((z) => distinct(z) === 4)).toBeGreaterThan(0.2);
    for (const at of [0, 1, 2, 3]) expect(share((z) => z[at] === 1)).toBeGreaterThan(0.02);
  });

  test("seeds are the first class, the last, all alike, and 0.9 of the first", () => {
    const seeds = labels.seeds(4);
    expect(seeds.slice(0, 3)).toEqual([
      [1, 0, 0, 0],
      [0, 0, 0, 1],
      [0.25, 0.25, 0.25, 0.25],
    ]);
    expect(Math.abs(seeds[3][0] - 0.9)).toBeLessThan(ROUNDING);
    for (const rest of seeds[3].slice(1)) expect(Math.abs(rest - 0.1 / 3)).toBeLessThan(ROUNDING);
  });

  test("beside any numbers there is one: their shares, or the first class where nothing is positive", () => {
    const fitted = (...numbers: number[]) => [...labels.fit(Float32Array.from(numbers))];
    expect(fitted(0.25, 0.75)).toEqual([0.25, 0.75]);
    expect(fitted(0.25, 0.25)).toEqual([0.5, 0.5]);
    expect(fitted(0.5, -3)).toEqual([1, 0]);
    expect(fitted(0, -3, 0)).toEqual([1, 0, 0]);
    expect(fitted(Number.NaN, 0.5, 0.5)).toEqual([0, 0.5, 0.5]);
    expect(fitted(Number.POSITIVE_INFINITY, 1)).toEqual([0.5, 0.5]);
    const random = new Random(2);
    for (const width of widths) {
      const numbers = Float32Array.from({ length: width }, () => random.normal(0, 1));
      expectDistribution(labels.fit(numbers));
    }
  });

  test("simpler ones are distributions too, one class among them", () => {
    const from = {
      shape: [1, 3],
      logits: Float32Array.of(1, 2, 3),
      labels: Float32Array.of(0.125, 0.625, 0.25),
    };
    const simpler = labels.simpler().flatMap((list) => list(from));
    for (const { shape, logits, labels: z } of simpler) {
      expect([shape, logits]).toEqual([from.shape, from.logits]);
      expectDistribution(z);
    }
    const all = simpler.map(({ labels: z }) => [...z]);
    for (const one of [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0.25, 0.5, 0.25],
    ])
      expect(all).toContainEqual(one);
  });
});

describe("labels each by itself", () => {
  test.each(spaces.filter(({ labelRange }) => labelRange))("$name: all lie in the range", (space) => {
    const { labels, labelRange } = space;
    const random = new Random(1);
    for (const size of [1, 2, 5]) {
      const inside = (z: ArrayLike<number>) => Array.from(z).every((one) => labelRange!.has(one));
      for (const seed of labels.seeds(size)) {
        expect(seed.length).toBe(size);
        expect(inside(Float32Array.from(seed))).toBe(true);
      }
      expect(inside(labels.fit(Float32Array.of(-1e9, 0, 0.5, 1, 1e9, Number.NaN)))).toBe(true);
      const logits = Float32Array.from({ length: size }, () => space.logits.bits(random));
      for (let i = 0; i < 20; i++) {
        const child = { shape: [size], logits, labels: labels.draw(random, [size], logits) };
        labels.change(random, child, { ...child, labels: labels.draw(random, [size], logits) });
        for (const list of labels.simpler(size)) for (const one of list(child)) expectInside(one, space);
      }
    }
  });

  test("seeds of one are 0, 1, between and both ends", () => {
    const [first, second, ...others] = new FreeLabels(new Domain(-2, 7)).seeds(1).map(([z]) => z);
    expect([first, second]).toEqual([0, 1]);
    for (const z of [0.5, Math.fround(0.9), 1 - 2 ** -24, -2, 7]) expect(others).toContain(z);
  });

  test("seeds of many are one positive, none, nothing else, and one at the end", () => {
    const seeds = new FreeLabels(new Domain(0, 1)).seeds(3);
    expect(seeds.slice(0, 4)).toEqual([
      [1, 0, 0],
      [0, 0, 0],
      [1, 1, 1],
      [0, 0, 1],
    ]);
    expect(seeds).toContainEqual([0.5, 0.5, 0.5]);
  });

  test("are 0, 1, beside them, between, the logits themselves, one class and distributions", () => {
    const labels = new FreeLabels(new Domain(0, 1));
    const random = new Random(3);
    const logits = Float32Array.of(0.25, 0.125, 0.75, 0.0625);
    const drawn = Array.from({ length: 500 }, () => [...labels.draw(random, [2, 2], logits)]);
    const share = (isOf: (z: number[]) => boolean) => drawn.filter(isOf).length / drawn.length;
    expect(share((z) => z.every((one) => one === 0 || one === 1))).toBeGreaterThan(0.1);
    expect(share((z) => z.every((one, i) => one === logits[i]))).toBeGreaterThan(0.02);
    expect(share((z) => z.join() === "1,0,1,0" || z.join() === "0,1,0,1")).toBeGreaterThan(0.05);
    expect(share((z) => z.reduce((a, b) => a + b) === 1 && new Set(z).size > 2)).toBeGreaterThan(0.05);
    expect(share((z) => z.some((one) => one > 0.999 && one < 1))).toBeGreaterThan(0.05);
    expect(share((z) => z.some((one) => one > 0 && one < 1e-20))).toBeGreaterThan(0.05);
  });
});
