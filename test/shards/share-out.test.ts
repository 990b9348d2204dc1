import fc from "fast-check";
import { expect, test } from "vitest";
import { shareOut } from "../../src/shards/share-out.js";

const weighed = fc.array(fc.record({ item: fc.nat(), cost: fc.double({ min: 0.1, max: 100, noNaN: true }) }));

test("each item is in one share, in the order in which it was given", () => {
  fc.assert(
    fc.property(weighed, fc.integer({ min: 1, max: 20 }), (given, n) => {
      const items = given.map(({ cost }, item) => ({ item, cost }));
      const shares = shareOut(items, n);
      expect(shares).toHaveLength(n);
      expect(shares.flatMap((share) => share.items).sort((a, b) => a - b)).toEqual([...items.keys()]);
      for (const share of shares) expect(share.items).toEqual(share.items.toSorted((a, b) => a - b));
    }),
  );
});

test("no share costs more than the mean and one item: the last one came to the share that had the least", () => {
  fc.assert(
    fc.property(weighed, fc.integer({ min: 1, max: 20 }), (items, n) => {
      const total = items.reduce((sum, { cost }) => sum + cost, 0);
      const most = Math.max(0, ...items.map(({ cost }) => cost));
      for (const { cost } of shareOut(items, n))
        expect(cost).toBeLessThanOrEqual((total / n + most) * (1 + 1e-12));
    }),
  );
});

test("the costliest go first: 7, 6, 5, 4, 3 and 2 make three shares of 9", () => {
  const items = [2, 3, 4, 5, 6, 7].map((cost) => ({ item: cost, cost }));
  expect(shareOut(items, 3)).toEqual([
    { cost: 9, items: [2, 7] },
    { cost: 9, items: [3, 6] },
    { cost: 9, items: [4, 5] },
  ]);
});

test("more shares than items leave some empty", () => {
  expect(shareOut([{ item: "a", cost: 1 }], 3).map(({ items }) => items)).toEqual([["a"], [], []]);
});
