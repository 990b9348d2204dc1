import type { Arithmetic } from "../arithmetic/arithmetic.js";
import type { Kernel } from "./kernel.js";
import { progression, type Shape, sizeOf } from "./shape.js";

/** A place that something may be added at: where all of the conditions hold. */
interface Destination<T> {
  place: number;
  conditions: T[];
}

/**
 * The places in a tensor of this shape that a row of indices may mean: one when
 * all indices are known, none when a known one is outside, else every place
 * that agrees with the known ones.
 */
function destinations<T>(r: Arithmetic<T>, row: readonly T[], shape: Shape): Destination<T>[] {
  return row.reduce<Destination<T>[]>(
    (partial, index, axis) => {
      const known = r.known(index);
      const isPlace = known !== undefined && Number.isInteger(known) && 0 <= known && known < shape[axis];
      const candidates = known === undefined ? progression(shape[axis]) : isPlace ? [known] : [];
      return partial.flatMap(({ place, conditions }) =>
        candidates.map((i) => ({
          place: place * shape[axis] + i,
          conditions: known === undefined ? [...conditions, r.equal(index, r.constant(i))] : conditions,
        })),
      );
    },
    [{ place: 0, conditions: [] }],
  );
}

/**
 * Adds equal shares of `updates` into zeros, one for each row of indices: at the
 * places of shape `places` that the row means, each place holding `step`
 * elements. What is added once is moved there unchanged, not added to 0.
 */
function scatterAdd<T>(
  r: Arithmetic<T>,
  rows: readonly T[][],
  updates: readonly T[],
  places: Shape,
  step: number,
): T[] {
  const sums = new Array<T | undefined>(sizeOf(places) * step).fill(undefined);
  const share = updates.length / rows.length;
  rows.forEach((row, i) => {
    for (const { place, conditions } of destinations(r, row, places)) {
      for (let at = i * share; at < (i + 1) * share; at++) {
        const addend = conditions.reduce(
          (sum, condition) => r.select(condition, sum, r.constant(0)),
          updates[at],
        );
        const target = place * step + (at % step);
        const sum = sums[target];
        sums[target] = sum === undefined ? addend : r.add(sum, addend);
      }
    }
  });
  return sums.map((sum) => sum ?? r.constant(0));
}

/**
 * Sums at the places that a tensor of indices names. Indices that are known now
 * cost one addition each; others add to every place that they may mean, through
 * `select`.
 *
 * - ScatterNd: zeros of `shape`, plus each of `updates` at the beginning of a
 *   list of coordinates that a row of `indices` gives; indices of rank 1 are rows
 *   of one.
 * - UnsortedSegmentSum: row i of the output is the sum of the rows of `x` whose
 *   id is i; an id that is no segment drops its row. Ids of the shape of `x` name
 *   a segment for each element.
 */
export const scatter: Record<string, Kernel> = {
  ScatterNd: {
    evaluate(r, { indices, updates }, attrs) {
      const shape = attrs.shape as number[];
      const depth = indices.shape.length > 1 ? indices.shape.at(-1)! : 1;
      const rows = progression(indices.data.length / depth, depth).map((start) =>
        indices.data.slice(start, start + depth),
      );
      const places = shape.slice(0, depth);
      const data = scatterAdd(r, rows, updates.data, places, sizeOf(shape.slice(depth)));
      return [{ shape, dtype: updates.dtype, data }];
    },
  },

  UnsortedSegmentSum: {
    evaluate(r, { x, segmentIds }, attrs) {
      const segments = attrs.numSegments as number;
      const inner = x.shape.slice(1);
      const rows = segmentIds.data.map((id) => [id]);
      const data = scatterAdd(r, rows, x.data, [segments], sizeOf(inner));
      return [{ shape: [segments, ...inner], dtype: x.dtype, data }];
    },
  },
};
