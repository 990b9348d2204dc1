import { expect, test } from "vitest";
import { askedLosses, resolveLosses } from "../../src/losses/resolve.js";
import { countImplementations } from "../../src/shards/count-implementations.js";
import { piecesForJobs, shardedPieces } from "../../src/shards/pieces.js";
import { sweepDefaults } from "../../src/sweep/defaults.js";
import { isIn, type Piece, WHOLE } from "../../src/sweep/piece.js";
import { fixture } from "../sweep/swept.js";

const targets = ["cpu", "wasm"];
const losses = [...askedLosses([]), ...resolveLosses([fixture("shards/crashes.mjs")])];
const whole = losses.flatMap((loss) => targets.map((target): Piece => ({ ...WHOLE, loss, target })));

/** How often each implementation of each loss on each target is in some pieces. */
function times(pieces: readonly Piece[]): number[] {
  return whole.flatMap(({ loss, target }) =>
    Array.from({ length: countImplementations(loss) }, (_, place) => {
      const mine = pieces.filter((piece) => piece.loss === loss && piece.target === target);
      return mine.filter((piece) => isIn(piece, place)).length;
    }),
  );
}

test.each([1, 2, 3, 4, 7, 8, 16, 100])("%d shards have each implementation once", (n) => {
  const shares = shardedPieces(whole, sweepDefaults, n);
  expect(shares).toHaveLength(n);
  expect(new Set(times(shares.flatMap(({ items }) => items)))).toEqual(new Set([1]));
  expect(shardedPieces(whole, sweepDefaults, n)).toEqual(shares);
});

test.each([2, 4, 8])("%d shards cost about the same", (n) => {
  const costs = shardedPieces(whole, sweepDefaults, n).map(({ cost }) => cost);
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / n;
  for (const cost of costs) expect(Math.abs(cost / mean - 1)).toBeLessThan(0.3);
});

test("one shard is a whole run: no loss is cut", () => {
  expect(shardedPieces(whole, sweepDefaults, 1)[0].items).toEqual(whole);
});

test("a loss that has more to do than the others is cut more finely", () => {
  const own = { softplus: { points: 1_000_000_000 } };
  const pieces = shardedPieces(whole, { ...sweepDefaults, own }, 4).flatMap(({ items }) => items);
  expect(pieces.filter(({ loss }) => loss.argument === "softplus").map(({ of }) => of)).toEqual([2, 2, 2, 2]);
});

test("processors that would idle get parts of losses; others get whole ones", () => {
  const [softplus] = whole.filter(({ loss }) => loss.argument === "softplus");
  expect(piecesForJobs([softplus], sweepDefaults, 3).map(({ index, of }) => [index, of])).toEqual([
    [0, 3],
    [1, 3],
    [2, 3],
  ]);
  expect(piecesForJobs([softplus], sweepDefaults, 64)).toHaveLength(4); // as many as it has implementations
  expect(piecesForJobs(whole, sweepDefaults, whole.length)).toEqual(whole);
  expect(new Set(times(piecesForJobs(whole, sweepDefaults, 64)))).toEqual(new Set([1]));
});
