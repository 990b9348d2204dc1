import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromOrdinal, ordinal } from "../../src/inputs/float32.js";
import { InputError } from "../../src/inputs/input-error.js";
import { type PointsOptions, pointChunks } from "../../src/inputs/points.js";

const FLT_MAX = (2 - 2 ** -23) * 2 ** 127;
const all = (options: PointsOptions) => [...pointChunks(options)].flatMap((chunk) => [...chunk]);

const finiteFloat = fc.integer({ min: -0x7f7fffff, max: 0x7f7fffff }).map(fromOrdinal);
const anyRange = fc
  .oneof(
    fc.tuple(finiteFloat, finiteFloat),
    // Fewer floats between the ends than points asked for.
    fc.tuple(fc.integer({ min: -0x7f7fff00, max: 0x7f7fff00 }), fc.nat(200)).map(([n, k]) => {
      return [fromOrdinal(n), fromOrdinal(n + k)] as [number, number];
    }),
  )
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as [number, number]);

describe("pointChunks", () => {
  it("gives the evenly spaced points, both ends and 0", () => {
    const points = all({ range: [-120, 120], points: 2401 });
    const set = new Set(points);
    for (let i = 0; i <= 2400; i++)
      expect(set.has(Math.fround((i - 1200) / 10)), `${(i - 1200) / 10}`).toBe(true);
    expect(points[0]).toBe(-120);
    expect(points.at(-1)).toBe(120);
    expect(points.length).toBeGreaterThan(2 * 2401 - 10);
    expect(points.length).toBeLessThanOrEqual(2 * 2401 + 1);
  });

  it("reaches every binade of either sign, the subnormals too", () => {
    const points = all({ range: [-120, 120], points: 4096 });
    const positive = new Set(points.filter((x) => x > 0).map((x) => ordinal(x) >>> 23));
    const negative = new Set(points.filter((x) => x < 0).map((x) => -ordinal(x) >>> 23));
    // 0x42f00000 is 120: 133 binades above the subnormals.
    const binades = Array.from({ length: 134 }, (_, e) => e);
    expect([...positive].sort((a, b) => a - b)).toEqual(binades);
    expect([...negative].sort((a, b) => a - b)).toEqual(binades);
  });

  it("is ascending without duplicates, inside the range, with both ends and 0, for every range", () => {
    fc.assert(
      fc.property(anyRange, fc.integer({ min: 1, max: 300 }), (range, points) => {
        const xs = all({ range, points });
        expect(xs[0]).toBe(range[0]);
        expect(xs.at(-1)).toBe(range[1]);
        for (let i = 1; i < xs.length; i++) expect(ordinal(xs[i])).toBeGreaterThan(ordinal(xs[i - 1]));
        if (range[0] <= 0 && range[1] >= 0) expect(xs.findIndex((x) => Object.is(x, 0))).not.toBe(-1);
        expect(xs.findIndex((x) => Object.is(x, -0))).toBe(-1);
        expect(xs.length).toBeLessThanOrEqual(2 * points + 3);
      }),
      { numRuns: 300 },
    );
  });

  it("is the same sequence, whatever the length of a chunk", () => {
    fc.assert(
      fc.property(
        anyRange,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 70 }),
        (range, points, chunk) => {
          const options: PointsOptions = { range, points, special: ["zero", "infinity", "subnormal"] };
          const chunks = [...pointChunks({ ...options, chunk })];
          for (const full of chunks.slice(0, -1)) expect(full.length).toBe(chunk);
          expect(chunks.at(-1)!.length).toBeLessThanOrEqual(chunk);
          expect(chunks.flatMap((c) => [...c])).toEqual(all(options));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("does not write into a chunk that it has given away", () => {
    const [first, ...rest] = pointChunks({ range: [0, 1], points: 100, chunk: 10 });
    expect(rest.every((chunk) => chunk.buffer !== first.buffer)).toBe(true);
  });

  it("puts -0 directly before 0, and gives it on request only", () => {
    const xs = all({ range: [-1, 1], points: 3, special: ["zero"] });
    const at = xs.findIndex((x) => Object.is(x, -0));
    expect(at).toBeGreaterThan(0);
    expect(xs[at + 1]).toBe(0);
    expect(xs.filter((x) => x === 0)).toEqual([-0, 0]);
    expect(all({ range: [-0, 1], points: 1 })).toEqual([0, 1]);
  });

  it("puts the infinities first and last", () => {
    const xs = all({ range: [1, 2], points: 2, special: ["infinity", "zero"] });
    expect(xs).toEqual([Number.NEGATIVE_INFINITY, -0, 0, 1, 2, Number.POSITIVE_INFINITY]);
  });

  it("gives the smallest, the largest and a spread of subnormals on request", () => {
    const xs = all({ range: [1, 1], points: 1, special: ["subnormal"] });
    expect(xs[0]).toBe(-(2 ** -126 - 2 ** -149));
    expect(xs).toContain(2 ** -149);
    expect(xs).toContain(-(2 ** -149));
    for (let e = -149; e <= -127; e++) expect(xs).toContain(2 ** e);
    expect(xs.length).toBe(49);
  });

  it("spans all finite floats", () => {
    const xs = all({ range: [-FLT_MAX, FLT_MAX], points: 5 });
    expect(xs.filter((x) => Math.abs(x) > 2 ** 126)).toEqual([
      -FLT_MAX,
      -Math.fround(FLT_MAX / 2),
      Math.fround(FLT_MAX / 2),
      FLT_MAX,
    ]);
  });

  it("gives one point for a range of one point", () => {
    expect(all({ range: [17, 17], points: 1000 })).toEqual([17]);
  });

  it("keeps memory flat over ten million points", () => {
    const before = process.memoryUsage().arrayBuffers;
    let count = 0;
    let most = 0;
    for (const chunk of pointChunks({ range: [-120, 120], points: 10_000_000 })) {
      count += chunk.length;
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(count).toBeGreaterThan(9_900_000);
    expect(most).toBeLessThan(40_000_000 / 2);
  });

  it.each([
    [{ range: [1, -1], points: 5 }, /reversed: give the lower end first, as -1,1/],
    [{ range: [0, 1e39], points: 5 }, /finite float32/],
    [{ range: [0, 0.1], points: 5 }, /finite float32/],
    [{ range: [Number.NaN, 1], points: 5 }, /finite float32/],
    [{ range: [0, Number.POSITIVE_INFINITY], points: 5 }, /finite float32/],
    [{ range: [0, 1], points: 0 }, /0 points/],
    [{ range: [0, 1], points: 1.5 }, /1.5 points/],
    [{ range: [0, 1], points: 5, chunk: 0 }, /0 chunk/],
  ] as [PointsOptions, RegExp][])("refuses %j", (options, message) => {
    expect(() => all(options)).toThrow(InputError);
    expect(() => all(options)).toThrow(message);
  });
});
