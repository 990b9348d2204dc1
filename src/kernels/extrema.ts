import type { Arithmetic } from "../arithmetic/arithmetic.js";
import type { Attrs, Inputs, Kernel, Tensor } from "./kernel.js";
import { axisOf, outerSum, progression, sizeOf, stridesOf } from "./shape.js";

interface Ranked<T> {
  value: T;
  index: T;
}

function chosen<T>(r: Arithmetic<T>, condition: T, a: Ranked<T>, b: Ranked<T>): Ranked<T> {
  return {
    value: r.select(condition, a.value, b.value),
    index: r.select(condition, a.index, b.index),
  };
}

/** The index along an axis of the first element that no other one `beats`. */
function argExtremum<T>(
  r: Arithmetic<T>,
  { x }: Inputs<T>,
  attrs: Attrs,
  beats: (a: T, b: T) => T,
): Tensor<T> {
  const axis = axisOf((attrs.axis as number | null | undefined) ?? 0, x.shape.length);
  const strides = stridesOf(x.shape);
  const first = outerSum(x.shape.map((count, i) => (i === axis ? [0] : progression(count, strides[i]))));
  const data = first.map((start) => {
    let best: Ranked<T> = { value: x.data[start], index: r.constant(0) };
    for (let i = 1; i < x.shape[axis]; i++) {
      const candidate = { value: x.data[start + i * strides[axis]], index: r.constant(i) };
      best = chosen(r, beats(candidate.value, best.value), candidate, best);
    }
    return best.index;
  });
  return { shape: x.shape.filter((_, i) => i !== axis), dtype: "int32", data };
}

/**
 * Where the extreme elements are. Every comparison goes through `select`, so an
 * arithmetic that can't decide it encloses both outcomes and generated code
 * decides it when it runs. Among equal elements the first one wins.
 *
 * TopK sorts the last axis by k passes of bubble sort, which swaps neighbours
 * only: pass i brings the i-th largest to place i and keeps the order of equal
 * elements. Without `sorted` tfjs promises no order; it gets this one.
 */
export const extrema: Record<string, Kernel> = {
  ArgMax: {
    evaluate: (r, inputs, attrs) => [argExtremum(r, inputs, attrs, (a, b) => r.less(b, a))],
  },
  ArgMin: {
    evaluate: (r, inputs, attrs) => [argExtremum(r, inputs, attrs, (a, b) => r.less(a, b))],
  },

  TopK: {
    evaluate(r, { x }, attrs) {
      const k = attrs.k as number;
      const outer = x.shape.slice(0, -1);
      const length = x.shape[x.shape.length - 1];
      const top = progression(sizeOf(outer), length).flatMap((start) => {
        const row = progression(length).map((i) => ({ value: x.data[start + i], index: r.constant(i) }));
        for (let place = 0; place < k; place++) {
          for (let i = length - 1; i > place; i--) {
            const swap = r.less(row[i - 1].value, row[i].value);
            [row[i - 1], row[i]] = [chosen(r, swap, row[i], row[i - 1]), chosen(r, swap, row[i - 1], row[i])];
          }
        }
        return row.slice(0, k);
      });
      const shape = [...outer, k];
      return [
        { shape, dtype: x.dtype, data: top.map(({ value }) => value) },
        { shape, dtype: "int32", data: top.map(({ index }) => index) },
      ];
    },
  },
};
