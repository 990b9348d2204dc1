import { describe, expect, test } from "vitest";
import { Domain } from "../../src/fuzz/domain.js";
import { failingInterval } from "../../src/fuzz/interval.js";
import { fromOrdinal, ordinal } from "../../src/inputs/float32.js";
import { Random } from "../../src/inputs/random.js";

const SMALLEST = 2 ** -149;
const domain = new Domain(-10_000, 10_000);
const next = (x: number, ulps = 1) => fromOrdinal(ordinal(x) + ulps);

/** The interval, how many calls it took, and about how many floats. */
async function intervalOf(x: number, fails: (x: number) => boolean, { within = domain, atOnce = 256 } = {}) {
  let calls = 0;
  let asked = 0;
  const interval = await failingInterval(x, within, atOnce, async (xs) => {
    calls++;
    asked += xs.length;
    expect(xs.length).toBeLessThanOrEqual(atOnce);
    expect([...xs].filter((one) => !within.has(one))).toEqual([]);
    return Array.from(xs, fails);
  });
  return { ...interval, calls, asked };
}

/** Both ends fail, and their outer neighbours do not, unless the domain ends. */
async function expectEnds(x: number, fails: (x: number) => boolean, options = {}): Promise<void> {
  const { within = domain } = options as { within?: Domain };
  const { from, to } = await intervalOf(x, fails, options);
  expect(from <= x && x <= to).toBe(true);
  expect([from, to].map(fails)).toEqual([true, true]);
  if (from > within.low) expect(fails(next(from, -1))).toBe(false);
  if (to < within.high) expect(fails(next(to))).toBe(false);
}

const between = (low: number, high: number) => (x: number) => x >= low && x <= high;

describe.each([1, 2, 3, 64, 256])("when %i floats are asked about at once", (atOnce) => {
  test.each([
    ["one float", 88.75, 88.75, 88.75],
    ["two floats", 1, 1, next(1)],
    ["all from a threshold on", 100, Math.fround(88.72284), 10_000],
    ["all up to one", -9000, -10_000, Math.fround(-0.1)],
    ["the whole domain", 3, -10_000, 10_000],
    ["an interval across 0", 1e-3, Math.fround(-17.3), Math.fround(1e-2)],
    ["0 alone", 0, 0, 0],
    ["subnormals", 5 * SMALLEST, -3 * SMALLEST, 1e-40],
    ["from the middle of a binade to the next", 1.5, next(0.75, 5), next(1.5, 1)],
    ["an end of the domain alone", 10_000, 10_000, 10_000],
    ["the other end alone", -10_000, -10_000, -10_000],
  ])("%s: the ends are found", async (_, x, low, high) => {
    const [from, to] = [low, high].map(Math.fround);
    expect(await intervalOf(x, between(from, to), { atOnce })).toMatchObject({ from, to });
  });

  test("any interval around any float is found", async () => {
    const random = new Random(atOnce);
    for (let i = 0; i < 200; i++) {
      const [low, x, high] = [0, 0, 0].map(() => domain.bits(random)).sort((a, b) => a - b);
      // 0 and -0 are one float here.
      expect(await intervalOf(x, between(low, high), { atOnce })).toMatchObject({
        from: low + 0,
        to: high + 0,
      });
    }
  });
});

test("among holes the ends are those of some failing floats, whose outer neighbours are fine", async () => {
  const sets: ((x: number) => boolean)[] = [
    (x) => x > 16.6 && ordinal(x) % 2 === 0,
    (x) => x > 16 && ordinal(x) % 7 < 5,
    (x) => Math.floor(x) % 2 === 0,
    (x) => x < 0.1 || x > 3,
    (x) => ordinal(x) % 1000 < 10,
  ];
  const random = new Random(1);
  for (const fails of sets) {
    for (let i = 0; i < 50; ) {
      const x = domain.bits(random);
      if (!fails(x)) continue;
      await expectEnds(x, fails);
      await expectEnds(x, fails, { atOnce: 1 });
      i++;
    }
  }
});

test("in a small domain every set of floats is settled as by trying all of them", async () => {
  const within = new Domain(-4 * SMALLEST, 4 * SMALLEST);
  for (let bits = 1; bits < 512; bits++) {
    const fails = (x: number) => ((bits >> (ordinal(x) + 4)) & 1) === 1;
    for (let i = -4; i <= 4; i++)
      if (fails(fromOrdinal(i))) await expectEnds(fromOrdinal(i), fails, { within });
  }
});

test("the domain's ends end it", async () => {
  const within = new Domain(1, 2);
  expect(await intervalOf(1.5, () => true, { within })).toMatchObject({ from: 1, to: 2 });
});

test("what is not finite, or outside of the domain, stands for itself alone", async () => {
  for (const x of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 3]) {
    const within = new Domain(1, 2, [x]);
    expect(await intervalOf(x, () => true, { within })).toEqual({ from: x, to: x, calls: 0, asked: 0 });
  }
});

test("-0 that fails alone is named so", async () => {
  const { from, to } = await intervalOf(-0, () => false);
  expect([from, to]).toEqual([-0, -0]);
});

test("an end is found in a few calls, by doubling, and then by halving or by as many parts as are asked about", async () => {
  const threshold = Math.fround(88.72284);
  const halving = await intervalOf(9_000, between(threshold, 10_000), { atOnce: 1 });
  // There are less than 2^31 floats on either side: as many doublings and halvings at most, one float each.
  expect(halving.calls).toBeLessThanOrEqual(2 * 32 + 31);
  expect(halving.asked).toBe(halving.calls);
  const parts = await intervalOf(9_000, between(threshold, 10_000), { atOnce: 255 });
  // 2^31 floats in parts of 256 each time.
  expect(parts.calls).toBeLessThanOrEqual(2 + 4);
});
