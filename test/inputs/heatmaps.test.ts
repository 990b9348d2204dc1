import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HeatMap, type HeatMapOptions, heatmaps } from "../../src/inputs/heatmaps.js";
import { InputError } from "../../src/inputs/input-error.js";

const options: HeatMapOptions = { count: 8, height: 32, width: 24, classes: 5, objects: [0, 6], seed: 1 };

const positives = (map: HeatMap) => map.labels.filter((z) => z === 1).length;
const quantile = (xs: Float32Array, q: number) => xs.slice().sort()[Math.floor(q * (xs.length - 1))];

describe("heatmaps", () => {
  it("takes every distribution of logits in turn", () => {
    expect(heatmaps(options).map(({ name }) => name)).toEqual([
      "initialisation-1",
      "trained-1",
      "over-confident-1",
      "mis-scaled-1",
      "initialisation-2",
      "trained-2",
      "over-confident-2",
      "mis-scaled-2",
    ]);
  });

  it("is the same for the same seed, on every machine", () => {
    const hash = createHash("sha256");
    for (const { logits } of heatmaps(options)) {
      // The bytes of the logits in little endian, whatever the machine.
      for (const x of logits) {
        const bytes = Buffer.alloc(4);
        bytes.writeFloatLE(x);
        hash.update(bytes);
      }
    }
    // Pinned, not derived: when it changes, every seed that a finding was reported with does.
    expect(hash.digest("hex")).toMatchInlineSnapshot(
      `"9a758af629229dc70c8dee1166090b5330f10bb06a062fe51a17b56eef1ea4cc"`,
    );
    expect(heatmaps({ ...options, seed: 2 })[1].logits).not.toEqual(heatmaps(options)[1].logits);
  });

  it("gives a map that does not depend on how many are asked for", () => {
    expect(heatmaps({ ...options, count: 3 })).toEqual(heatmaps(options).slice(0, 3));
  });

  it("has finite logits, labels in [0, 1], and as many positives as objects, for all options", () => {
    const sizes = fc.record({
      count: fc.integer({ min: 1, max: 6 }),
      height: fc.integer({ min: 1, max: 12 }),
      width: fc.integer({ min: 1, max: 12 }),
      classes: fc.integer({ min: 1, max: 4 }),
      objects: fc.tuple(fc.nat(3), fc.nat(3)).map(([min, more]) => [min, min + more] as const),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(sizes, (given) => {
        for (const map of heatmaps(given)) {
          const length = given.height * given.width * given.classes;
          expect(map.shape).toEqual([1, given.height, given.width, given.classes]);
          expect([map.logits.length, map.labels.length]).toEqual([length, length]);
          expect(map.logits.every(Number.isFinite)).toBe(true);
          expect(map.labels.every((z) => z >= 0 && z <= 1)).toBe(true);
          // Two objects may have one centre.
          expect(positives(map)).toBeLessThanOrEqual(given.objects[1]);
          if (given.objects[0] > 0) expect(positives(map)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("has one map in four without objects where none is allowed, of another distribution each time", () => {
    const maps = heatmaps({ ...options, count: 16 });
    const empty = maps.filter((map) => positives(map) === 0).map(({ name }) => name);
    expect(empty).toEqual(["mis-scaled-1", "over-confident-2", "trained-3", "initialisation-4"]);
  });

  it("has no object at all when asked for none", () => {
    for (const map of heatmaps({ ...options, objects: [0, 0] }))
      expect(map.labels.every((z) => z === 0)).toBe(true);
  });

  it("draws the logits that a network gives", () => {
    const maps = heatmaps({ count: 16, height: 64, width: 64, classes: 4, objects: [4, 8], seed: 3 });
    const of = (name: string) => {
      const logits = maps.filter((map) => map.name.startsWith(name)).flatMap((map) => [...map.logits]);
      return Float32Array.from(logits);
    };
    const initialisation = of("initialisation");
    expect(quantile(initialisation, 0.5)).toBeCloseTo(-2.19, 2);
    expect(quantile(initialisation, 1)).toBeLessThan(-2.19 + 0.6);
    const trained = of("trained");
    expect(Math.abs(quantile(trained, 0.5) + 6)).toBeLessThan(0.5);
    expect(quantile(trained, 1)).toBeGreaterThan(2);
    const overConfident = of("over-confident");
    expect(quantile(overConfident, 0.9)).toBeLessThan(-17);
    expect(quantile(overConfident, 1)).toBeGreaterThan(17);
    const misScaled = of("mis-scaled");
    expect(quantile(misScaled, 0.5)).toBeLessThan(-104);
    expect(quantile(misScaled, 1)).toBeGreaterThan(88.73);
  });

  it("is sure of an object that is not there, and misses one that is", () => {
    const maps = heatmaps({ count: 40, height: 32, width: 32, classes: 2, objects: [2, 4], seed: 5 });
    const confident = maps.filter(({ name }) => name.startsWith("over-confident"));
    const some = (test: (x: number, z: number) => boolean) =>
      confident.some(({ logits, labels }) => logits.some((x, i) => test(x, labels[i])));
    expect(some((x, z) => x > 17 && z === 0)).toBe(true);
    expect(some((x, z) => x < -17 && z === 1)).toBe(true);
  });

  it.each([
    [{ count: 0 }, /count 0/],
    [{ height: 1.5 }, /height 1.5/],
    [{ width: -3 }, /width -3/],
    [{ classes: Number.NaN }, /classes NaN/],
    [{ objects: [3, 1] as const }, /3 to 1 objects/],
    [{ objects: [-1, 1] as const }, /-1 to 1 objects/],
  ])("refuses %j", (wrong, message) => {
    expect(() => heatmaps({ ...options, ...wrong })).toThrow(InputError);
    expect(() => heatmaps({ ...options, ...wrong })).toThrow(message);
  });
});
