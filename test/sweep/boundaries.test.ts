import { describe, expect, test } from "vitest";
import { fromOrdinal, ordinal } from "../../src/inputs/float32.js";
import type { Cluster } from "../../src/judge/clusters.js";
import { findRegions } from "../../src/sweep/boundaries.js";

/** What a sweep over some logits sees of a set of failing ones: its first and last, and their neighbours. */
function seen(points: number[], fails: (x: number) => boolean): Cluster {
  const failing = points.map(fails);
  const [first, last] = [failing.indexOf(true), failing.lastIndexOf(true)];
  return {
    code: 1,
    first: points[first],
    last: points[last],
    firstIndex: first,
    lastIndex: last,
    before: points[first - 1],
    after: points[last + 1],
    failing: failing.filter(Boolean).length,
    worst: points[first],
    badness: 0,
  };
}

/** The region of a set, in how many calls it was found, and how many floats were evaluated for it. */
async function find(points: number[], fails: (x: number) => boolean, batch: number) {
  let calls = 0;
  let evaluated = 0;
  const [region] = await findRegions(
    [seen(points, fails)],
    (questions) => {
      calls++;
      return questions.map(({ xs }) => {
        evaluated += xs.length;
        return Uint8Array.from(xs, (x) => (fails(x) ? 1 : 0));
      });
    },
    batch,
  );
  return { ...region, calls, evaluated };
}

const between = (low: number, high: number) => (x: number) =>
  ordinal(low) <= ordinal(x) && ordinal(x) <= ordinal(high);
const sweep = Array.from({ length: 241 }, (_, i) => i - 120);

describe.each([1, 1024])("evaluating %d at once", (batch) => {
  test.each([
    ["one that is contiguous", fromOrdinal(0x42b17218), 120],
    ["one below 0", -120, fromOrdinal(-0x42cff1b5)],
    ["one inside", 17.328681, 88.722839],
    ["one on both sides of 0", -0.75, 3.3e-5],
    ["one that ends at subnormals", -(2 ** -149), 0.5],
    ["the whole range", -120, 120],
  ])("%s has exact ends", async (_, low, high) => {
    const [from, to] = [Math.fround(low), Math.fround(high)];
    expect(await find(sweep, between(from, to), batch)).toMatchObject({ from, to, share: 1 });
  });

  test("a single float is both its ends", async () => {
    const only = (x: number) => x === 5;
    expect(await find(sweep, only, batch)).toMatchObject({ from: 5, to: 5, share: 1 });
  });

  test("0 alone is a region from 0 to 0, and -0 one from -0", async () => {
    const zero = (x: number) => x === 0;
    expect(await find(sweep, zero, batch)).toMatchObject({ from: 0, to: 0, share: 1 });
    const { from } = await find([-1, -0, 0, 1], zero, batch);
    expect(from).toBe(-0);
  });

  test("what fails at the ends of the sweep ends there", async () => {
    const all = await find(sweep, () => true, batch);
    expect(all).toMatchObject({ from: -120, to: 120, share: 1 });
  });

  test("an infinite neighbour is no float to search between: the region ends at the sweep's last finite point", async () => {
    const points = [-Infinity, -120, 0, 120, Infinity];
    expect((await find(points, (x) => x === 120, batch)).to).toBe(120);
  });

  test("a region of every second float is half", async () => {
    const odd = (x: number) => between(16.625, 17.375)(x) && ordinal(x) % 2 !== 0;
    const points = [
      16,
      ...Array.from({ length: 100 }, (_, i) =>
        fromOrdinal(ordinal(16.7) + 2 * i + (ordinal(16.7) % 2 ? 0 : 1)),
      ),
      18,
    ];
    const { share } = await find(points, odd, batch);
    expect(share).toBeGreaterThan(batch === 1 ? 0.2 : 0.4);
    expect(share).toBeLessThan(batch === 1 ? 0.8 : 0.6);
  });
});

test("one at a time it takes a bisection", async () => {
  const { evaluated } = await find(sweep, between(17.328681, 88.722839), 1);
  // Two ends of at most 2^24 floats between integers beside each other, and 32 for the share.
  expect(evaluated).toBeLessThanOrEqual(2 * 24 + 32);
});

test("many at a time it takes a few calls", async () => {
  const { calls } = await find(sweep, between(17.328681, 88.722839), 1024);
  expect(calls).toBeLessThanOrEqual(2 * 3 + 4);
});

test("several regions are asked about in the same calls, each by its own verdict", async () => {
  const low = { ...seen(sweep, between(-5.25, -2.5)), kind: "low" };
  const high = { ...seen(sweep, between(17.328681, 88.722839)), kind: "high" };
  const asked: string[][] = [];
  const regions = await findRegions(
    [low, high],
    (questions) => {
      asked.push(questions.map(({ cluster }) => cluster.kind));
      return questions.map(({ cluster, xs }) =>
        Uint8Array.from(xs, (x) =>
          Number(cluster === low ? between(-5.25, -2.5)(x) : between(17.328681, 88.722839)(x)),
        ),
      );
    },
    1024,
  );
  expect(regions).toEqual([
    { from: -5.25, to: -2.5, share: 1 },
    { from: Math.fround(17.328681), to: Math.fround(88.722839), share: 1 },
  ]);
  expect(asked[0]).toEqual(["low", "low", "high", "high"]);
  expect(asked.length).toBeLessThanOrEqual(3 + 1 + 1);
});

test("a small mixed region is counted out", async () => {
  const [low, high] = [ordinal(17), ordinal(17) + 999];
  const third = (x: number) => ordinal(x) >= low && ordinal(x) <= high && (ordinal(x) - low) % 3 === 0;
  const points = [16, 17, fromOrdinal(high), 18];
  const region = await find(points, third, 1024);
  expect([ordinal(region.from), ordinal(region.to)]).toEqual([low, low + 999]);
  expect(region.share).toBe(334 / 1000);
});

test("many at a time see failures beyond a gap of good floats", async () => {
  // tensorflow's sigmoid is 1 at about half of the floats between 16.6355 and 17.3287.
  const start = ordinal(16.635532);
  const scattered = (x: number) =>
    ordinal(x) >= start && (x > 17.32868 || Math.imul(ordinal(x), 0x9e3779b1) < 0);
  const region = await find([16, 17.5, 18], scattered, 1024);
  // The outermost failing float is within a few of the true end: half of the floats there fail.
  expect(ordinal(region.from) - start).toBeLessThan(32);
  expect(region.to).toBe(18);
  expect(region.share).toBeGreaterThan(0.5);
  expect(region.share).toBeLessThan(1);
});
