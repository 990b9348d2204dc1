import type { SweepOptions } from "../sweep/options.js";
import { ownOptions } from "../sweep/own-options.js";
import { cutPart, type Piece } from "../sweep/piece.js";
import { sweepCost } from "./cost.js";
import { countImplementations } from "./count-implementations.js";
import { type Share, shareOut, type Weighed } from "./share-out.js";

/** How fine losses may be cut: the first of these whose largest share is the smallest is taken. */
const GRAINS = [1, 2, 3, 4, 6, 8];

/**
 * What each of some shards sweeps, of losses on targets: all of it, each piece once, at about the same cost. A loss
 * that is large beside a share is cut by its implementations, though each piece is one more process to start.
 */
export function shardedPieces(
  whole: readonly Piece[],
  options: SweepOptions,
  shards: number,
): Share<Piece>[] {
  const costs = whole.map((piece) => {
    const own = ownOptions(options, piece.loss.argument);
    const count = countImplementations(piece.loss, own.implementations);
    return { piece, count, ...sweepCost(piece.loss, piece.target, own) };
  });
  const ideal = costs.reduce((sum, { count, start, each }) => sum + start + count * each, 0) / shards;
  const cuts = GRAINS.map((grain) => {
    const pieces = costs.flatMap(({ piece, count, start, each }) => {
      const parts = Math.min(count, Math.ceil((grain * (start + count * each)) / ideal));
      return cutPart(piece, shards === 1 ? 1 : Math.max(1, parts)).map(
        (part): Weighed<Piece> => ({
          item: { ...piece, ...part },
          cost: start + Math.ceil((count - part.index) / part.of) * each,
        }),
      );
    });
    return shareOut(pieces, shards);
  });
  const largest = (shares: Share<Piece>[]) => Math.max(...shares.map(({ cost }) => cost));
  return cuts.reduce((best, cut) => (largest(cut) < largest(best) ? cut : best));
}

/** Pieces cut further, where there are fewer of them than processes that may run at once. */
export function piecesForJobs(pieces: readonly Piece[], options: SweepOptions, jobs: number): Piece[] {
  const each = Math.ceil(jobs / pieces.length);
  return pieces.flatMap((piece) => {
    const { implementations } = ownOptions(options, piece.loss.argument);
    const inPiece = Math.ceil((countImplementations(piece.loss, implementations) - piece.index) / piece.of);
    return cutPart(piece, Math.max(1, Math.min(each, inPiece))).map((part) => ({ ...piece, ...part }));
  });
}
