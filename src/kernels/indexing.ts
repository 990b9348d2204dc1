import type { Arithmetic } from "../arithmetic/arithmetic.js";
import type { DType } from "../program/program.js";
import { attribute } from "./attribute.js";
import type { Kernel } from "./kernel.js";
import { axisOf, progression, sizeOf } from "./shape.js";

/**
 * The candidate at `index`, of `length` ones. An index that is known now only
 * picks it; any other becomes a chain of `select`, which encloses what may be
 * meant or leaves the choice to generated code.
 */
function choose<T>(r: Arithmetic<T>, index: T, length: number, candidate: (i: number) => T): T {
  const known = r.known(index);
  if (known === undefined) {
    return progression(length)
      .map(candidate)
      .reduceRight((rest, here, i) => r.select(r.equal(index, r.constant(i)), here, rest));
  }
  if (!Number.isInteger(known) || known < 0 || known >= length) {
    throw new RangeError(
      `the index ${known} is outside its axis: it must be an integer from 0 to ${length - 1}`,
    );
  }
  return candidate(known);
}

/**
 * Reading by a tensor of indices. Indices that are known now move elements and
 * compute nothing; others work in every arithmetic, at the price of one
 * `select` for each element that they may mean.
 *
 * - GatherV2: the slices of `x` along `axis` at `indices`; the first
 *   `batchDims` axes of both go together.
 * - GatherNd: each row of `indices` is the beginning of a list of coordinates.
 * - OneHot: `onValue` at the index along a new last axis, `offValue` elsewhere
 *   and for an index outside it.
 */
export const indexing: Record<string, Kernel> = {
  GatherV2: {
    evaluate(r, { x, indices }, attrs) {
      const { axis, batchDims } = attrs as { axis?: number; batchDims?: number };
      const along = axisOf(axis ?? 0, x.shape.length);
      const given = batchDims ?? 0;
      const batchRank = given < 0 ? given + indices.shape.length : given;
      const batch = x.shape.slice(0, batchRank);
      const outer = x.shape.slice(batchRank, along);
      const picked = indices.shape.slice(batchRank);
      const inner = x.shape.slice(along + 1);
      const [length, step, picks] = [x.shape[along], sizeOf(inner), sizeOf(picked)];
      const block = sizeOf(outer) * length * step;
      const data = progression(sizeOf(batch)).flatMap((b) =>
        progression(sizeOf(outer), length * step, b * block).flatMap((start) =>
          indices.data
            .slice(b * picks, (b + 1) * picks)
            .flatMap((index) =>
              progression(step, 1, start).map((first) =>
                choose(r, index, length, (i) => x.data[first + i * step]),
              ),
            ),
        ),
      );
      return [{ shape: [...batch, ...outer, ...picked, ...inner], dtype: x.dtype, data }];
    },
  },

  GatherNd: {
    evaluate(r, { params, indices }) {
      const depth = indices.shape.at(-1)!;
      const rows = indices.shape.slice(0, -1);
      const inner = params.shape.slice(depth);
      const step = sizeOf(inner);
      const data = progression(sizeOf(rows), depth).flatMap((start) => {
        const row = indices.data.slice(start, start + depth);
        const at = (axis: number, block: number, offset: number): (typeof params.data)[number] =>
          axis === depth
            ? params.data[block * step + offset]
            : choose(r, row[axis], params.shape[axis], (i) =>
                at(axis + 1, block * params.shape[axis] + i, offset),
              );
        return progression(step).map((offset) => at(0, 0, offset));
      });
      return [{ shape: [...rows, ...inner], dtype: params.dtype, data }];
    },
  },

  OneHot: {
    evaluate(r, { indices }, attrs) {
      const {
        depth,
        onValue,
        offValue,
        dtype = "int32",
      } = attrs as { depth: number; onValue: number; offValue: number; dtype?: DType };
      const on = r.constant(attribute(onValue, dtype));
      const off = r.constant(attribute(offValue, dtype));
      const data = indices.data.flatMap((index) => {
        const known = r.known(index);
        return progression(depth).map((i) => {
          if (known !== undefined) return known === i ? on : off;
          return r.select(r.equal(index, r.constant(i)), on, off);
        });
      });
      return [{ shape: [...indices.shape, depth], dtype, data }];
    },
  },
};
