import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HeatMaps, type HeatMapsOptions, heatMaps, type Layout } from "../../src/arbitraries/index.js";
import { InputError } from "../../src/inputs/input-error.js";
import { isLogitOf, logitSources } from "../../src/inputs/logit-distributions.js";
import { biased, sample, smallest, spread } from "./helpers.js";

const layouts: Layout[] = ["channels-last", "channels-first"];
const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const notZero = (xs: Float32Array) => xs.filter((x) => x !== 0);
const centres = (labels: Float32Array) => labels.filter((z) => z === 1).length;

/** The labels of each sample, of either layout. */
function samples({ shape, labels }: HeatMaps): Float32Array[] {
  const length = labels.length / shape[0];
  return Array.from({ length: shape[0] }, (_, i) => labels.slice(i * length, (i + 1) * length));
}

describe("heatMaps", () => {
  it("has every small shape, up to 2 samples of 6 x 6 pixels and 3 classes", () => {
    const shapes = biased(heatMaps(), 3000).map(({ shape }) => shape);
    const seen = [0, 1, 2, 3].map((axis) => [...new Set(shapes.map((shape) => shape[axis]))].sort());
    const sixth = [1, 2, 3, 4, 5, 6];
    expect(seen).toEqual([[1, 2], sixth, sixth, [1, 2, 3]]);
    expect(shapes.some((shape) => size(shape) === 1)).toBe(true);
    expect(shapes.some((shape) => size(shape) === 216)).toBe(true);
  });

  it("has logits of the sources and labels in [0, 1], as many as the shape says", () => {
    for (const { shape, logits, labels } of sample(heatMaps(), 1000)) {
      expect([logits.length, labels.length]).toEqual([size(shape), size(shape)]);
      expect(labels.every((z) => z >= 0 && z <= 1)).toBe(true);
      // All of a batch are of one source.
      expect(logitSources.some((source) => logits.every((x) => isLogitOf(x, source)))).toBe(true);
    }
  });

  it.each(logitSources)("has logits of %s alone when asked for", (source) => {
    for (const { logits } of sample(heatMaps({ from: [source] }), 200)) {
      expect(logits.every((x) => isLogitOf(x, source))).toBe(true);
    }
  });

  it("draws gaussian objects in the map of their class, for both layouts", () => {
    for (const layout of layouts) {
      const options: HeatMapsOptions = { batch: 1, height: 9, width: 7, classes: 3, objects: 1, layout };
      const wide: number[] = [];
      for (const { shape, labels } of sample(heatMaps(options), 200)) {
        expect(shape).toEqual(layout === "channels-last" ? [1, 9, 7, 3] : [1, 3, 9, 7]);
        const at = (y: number, x: number, k: number) =>
          labels[layout === "channels-last" ? (y * 7 + x) * 3 + k : (k * 9 + y) * 7 + x];
        const pixels = Array.from({ length: 9 * 7 * 3 }, (_, i) => [
          Math.floor(i / 21),
          Math.floor(i / 3) % 7,
          i % 3,
        ]);
        const [[y, x, k], ...others] = pixels.filter(([y, x, k]) => at(y, x, k) === 1);
        expect(others).toEqual([]);
        // exp(-d²/(2σ²)) with σ = (2r + 1)/6 is, one pixel off, exp(-2) for r = 1 and exp(-0.72) for r = 2.
        const beside = at(y, x + (x > 0 ? -1 : 1), k);
        const radius = [0, Math.exp(-2), Math.exp(-0.72)].findIndex((z) => Math.abs(z - beside) < 1e-6);
        expect(radius).toBeGreaterThanOrEqual(0);
        wide[radius] = (wide[radius] ?? 0) + 1;
        for (const [row, column, channel] of pixels) {
          const inside = channel === k && Math.max(Math.abs(row - y), Math.abs(column - x)) <= radius;
          const z = inside
            ? Math.exp((-18 * ((row - y) ** 2 + (column - x) ** 2)) / (2 * radius + 1) ** 2)
            : 0;
          expect(Math.abs(at(row, column, channel) - z)).toBeLessThan(1e-7);
        }
      }
      for (const count of wide) expect(Math.abs(count - 200 / 3)).toBeLessThan(spread(200, 1 / 3));
    }
  });

  it("has the same numbers in both layouts, in another order", () => {
    const options = { batch: 2, height: 3, width: 4, classes: 5, objects: 2 };
    const [last] = sample(heatMaps({ ...options, layout: "channels-last" }), 1);
    const [first] = sample(heatMaps({ ...options, layout: "channels-first" }), 1);
    for (const part of ["logits", "labels"] as const) {
      for (let i = 0; i < 2 * 3 * 4 * 5; i++) {
        const [b, y, x, k] = [Math.floor(i / 60), Math.floor(i / 20) % 3, Math.floor(i / 5) % 4, i % 5];
        expect(first[part][((b * 5 + k) * 3 + y) * 4 + x]).toBe(last[part][i]);
      }
    }
  });

  it("has a quarter of samples without objects, also beside others, where none is allowed", () => {
    const batches = sample(heatMaps({ batch: 2, height: 6, width: 6 }), 1000).map(samples);
    const empty = batches.map((batch) => batch.filter((labels) => labels.every((z) => z === 0)).length);
    for (const [count, probability] of [
      [0, 9 / 16],
      [1, 6 / 16],
      [2, 1 / 16],
    ]) {
      const found = empty.filter((n) => n === count).length;
      expect(Math.abs(found - 1000 * probability)).toBeLessThan(spread(1000, probability));
    }
  });

  it("has as many objects as asked for, but those of one centre", () => {
    const options = { height: 6, width: 6, classes: 3 };
    for (const maps of sample(heatMaps({ ...options, objects: 0 }), 50)) expect(centres(maps.labels)).toBe(0);
    const counts = sample(heatMaps({ ...options, objects: [2, 4] }), 500).flatMap((maps) =>
      samples(maps).map(centres),
    );
    expect(Math.max(...counts)).toBe(4);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(1);
    expect(counts.filter((n) => n === 1).length / counts.length).toBeLessThan(0.05);
  });

  it("takes exact sizes and ranges", () => {
    const options = { batch: 3, height: [2, 4], width: 5, classes: [7, 8] } as const;
    for (const { shape } of biased(heatMaps(options), 300)) {
      expect([shape[0], shape[2]]).toEqual([3, 5]);
      expect([2, 3, 4]).toContain(shape[1]);
      expect([7, 8]).toContain(shape[3]);
    }
  });

  it("gives the same for the same seed", () => {
    expect(sample(heatMaps(), 10, 3)).toEqual(sample(heatMaps(), 10, 3));
    expect(sample(heatMaps(), 10, 3)).not.toEqual(sample(heatMaps(), 10, 4));
  });

  it.each<[HeatMapsOptions, RegExp]>([
    [{ height: 0 }, /^Heat maps with height 0: give an integer of at least 1, or two/],
    [{ width: 2.5 }, /with width 2.5:/],
    [{ classes: [3, 1] }, /with classes 3 to 1:/],
    [{ batch: [0, 2] }, /with batch 0 to 2:/],
    [{ objects: [3, 1] }, /with objects 3 to 1: give an integer of at least 0/],
    [{ objects: -1 }, /with objects -1:/],
    [{ layout: "NHWC" as Layout }, /^There is no layout "NHWC": give channels-last or channels-first\.$/],
    [{ from: [] }, /^from is empty/],
  ])("refuses %j", (options, message) => {
    expect(() => heatMaps(options)).toThrow(InputError);
    expect(() => heatMaps(options)).toThrow(message);
  });
});

describe("what heatMaps shrinks to", () => {
  it.each(layouts)("is one pixel of a round number where one logit fails, %s", (layout) => {
    for (const maps of smallest(heatMaps({ layout }), ({ logits }) => logits.some((x) => x > 17))) {
      expect(maps.shape).toEqual([1, 1, 1, 1]);
      expect(maps.logits[0] % 10).toBe(0);
      expect([...maps.labels]).toEqual([0]);
    }
    const missed = ({ logits, labels }: HeatMaps) => logits.some((x, i) => x < -20 && labels[i] === 1);
    for (const maps of smallest(heatMaps({ layout }), missed)) {
      expect(maps.shape).toEqual([1, 1, 1, 1]);
      expect(maps.logits[0] % 10 === 0 && maps.logits[0] < -20).toBe(true);
      expect([...maps.labels]).toEqual([1]);
    }
  });

  it.each(layouts)("keeps the axes along which it fails, %s", (layout) => {
    const classAxis = layout === "channels-last" ? 3 : 1;
    const fails = (maps: HeatMaps) => maps.shape[classAxis] === 3 && maps.shape[0] === 2;
    for (const { shape, logits, labels } of smallest(heatMaps({ layout }), fails)) {
      expect(shape).toEqual(layout === "channels-last" ? [2, 1, 1, 3] : [2, 3, 1, 1]);
      expect([...logits, ...labels]).toEqual(Array(12).fill(0));
    }
  });

  it("has fewest objects and logits that are not 0", () => {
    const soft = ({ labels }: HeatMaps) => labels.some((z) => z > 0 && z < 1);
    for (const maps of smallest(heatMaps(), soft)) {
      expect(maps.shape).toEqual([1, 1, 1, 1]);
      expect([...maps.logits]).toEqual([0]);
    }
    const two = ({ labels }: HeatMaps) => centres(labels) >= 2;
    for (const { logits, labels } of smallest(heatMaps(), two)) {
      expect([...notZero(labels)]).toEqual([1, 1]);
      expect(notZero(logits)).toHaveLength(0);
      // Objects that differ in every axis keep two of each.
      expect(labels.length).toBeLessThanOrEqual(16);
    }
  });

  it("respects the sizes asked for, and leaves an object in every sample if so asked", () => {
    const options: HeatMapsOptions = { height: 4, width: [2, 6], batch: 2, classes: 1, objects: [1, 3] };
    for (const maps of smallest(heatMaps(options), () => true)) {
      expect(maps.shape).toEqual([2, 4, 2, 1]);
      expect(samples(maps).map((labels) => [...notZero(labels)])).toEqual([[1], [1]]);
      expect(notZero(maps.logits)).toHaveLength(0);
    }
  });

  it("needs few runs of the property", () => {
    const options: HeatMapsOptions = { batch: 2, height: 6, width: 6, classes: 3 };
    for (const seed of [1, 2, 3, 4]) {
      let runs = 0;
      const property = fc.property(heatMaps(options), ({ logits }) => {
        runs++;
        return logits.every((x) => x <= 17);
      });
      expect(fc.check(property, { seed }).failed).toBe(true);
      // 2 + 3 + 6 + 6 parts of the axes at most, and some for the first failure and the number.
      expect(runs).toBeLessThan(60);
    }
  });

  it("ends, without leaving a smaller example untried, whatever fails", () => {
    const hash = (xs: Float32Array, salt: number) =>
      new Uint32Array(xs.slice().buffer).reduce(
        (h, word) => Math.imul(h ^ word, 0x5bd1e995) ^ (h >>> 13),
        salt,
      );
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.constantFrom(...layouts), (seed, salt, layout) => {
        const fails = ({ logits, labels }: HeatMaps) => (hash(logits, salt) ^ hash(labels, ~salt)) % 3 === 0;
        const maps = heatMaps({ height: [1, 2], width: [1, 2], layout });
        const { counterexample } = fc.check(
          fc.property(maps, (value) => !fails(value)),
          { seed },
        );
        if (counterexample === null) return;
        expect(maps.canShrinkWithoutContext(counterexample[0])).toBe(true);
        const left = [...maps.shrink(counterexample[0], undefined)];
        expect(left.every(({ value }) => maps.canShrinkWithoutContext(value))).toBe(true);
        expect(left.filter(({ value }) => fails(value))).toEqual([]);
      }),
      { seed: 6, numRuns: 50 },
    );
  });

  it("starts from a user's own example, where its options allow for it", () => {
    const property = fc.property(heatMaps({ batch: 1 }), ({ logits }) => logits.every((x) => x < 17));
    const example = (shape: HeatMaps["shape"]): [HeatMaps] => [
      { shape, logits: Float32Array.of(1, 17.328678), labels: Float32Array.of(0, 0.25) },
    ];
    const shrunk = (shape: HeatMaps["shape"]) =>
      fc.check(property, { numRuns: 1, examples: [example(shape)] }).counterexample![0];
    expect(shrunk([1, 1, 2, 1])).toEqual({
      shape: [1, 1, 1, 1],
      logits: Float32Array.of(20),
      labels: Float32Array.of(0),
    });
    expect(shrunk([2, 1, 1, 1])).toEqual(example([2, 1, 1, 1])[0]);
  });

  it("prints as numbers that are easily read", () => {
    const [maps] = smallest(heatMaps({ from: ["initialisation"] }), () => true, 1);
    expect(fc.stringify(maps)).toBe(
      '{"shape":[1,1,1,1],"logits":Float32Array.of(-2),"labels":Float32Array.of(0)}',
    );
  });
});
