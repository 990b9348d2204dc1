import type { Arithmetic } from "../arithmetic/arithmetic.js";
import type { DType } from "../program/program.js";
import type { Kernel, Tensor } from "./kernel.js";
import { and, or } from "./logic.js";
import { axesOf, offsetsOf, outerSum, progression, sizeOf, stridesOf } from "./shape.js";

type Axes = number | number[] | null | undefined;
type Combine = <T>(r: Arithmetic<T>, a: T, b: T) => T;
type Finish = <T>(r: Arithmetic<T>, total: T, count: number) => T;

/** tfjs sums and multiplies truth values as integers. */
export const integerForBool = (dtype: DType): DType => (dtype === "bool" ? "int32" : dtype);
const sameDType = (dtype: DType): DType => dtype;

/** The elements of `x` in groups: one for each element of the reduced tensor, in row-major order. */
function groups<T>(x: Tensor<T>, axes: readonly number[]): T[][] {
  const strides = stridesOf(x.shape);
  const reduced = offsetsOf(
    axes.map((axis) => x.shape[axis]),
    axes.map((axis) => strides[axis]),
  );
  const first = outerSum(
    x.shape.map((count, axis) => (axes.includes(axis) ? [0] : progression(count, strides[axis]))),
  );
  return first.map((start) => reduced.map((offset) => x.data[start + offset]));
}

/**
 * A kernel that combines the elements along axes from left to right, starting
 * from the first one: the sum of one element is that element, not 0 + x, so
 * that data passes through unchanged. `empty` is the value of no elements.
 */
function reduction(
  empty: number,
  combine: Combine,
  dtype: (input: DType) => DType = sameDType,
  finish: Finish = (_, total) => total,
): Kernel {
  return {
    evaluate(r, { x }, attrs) {
      const { axis, reductionIndices, keepDims } = attrs as {
        axis?: Axes;
        reductionIndices?: Axes;
        keepDims?: boolean;
      };
      const axes = axesOf(axis ?? reductionIndices, x.shape.length);
      const count = sizeOf(axes.map((reduced) => x.shape[reduced]));
      const data = groups(x, axes).map((group) => {
        const total = count === 0 ? r.constant(empty) : group.reduce((a, b) => combine(r, a, b));
        return finish(r, total, count);
      });
      const shape = keepDims
        ? x.shape.map((length, i) => (axes.includes(i) ? 1 : length))
        : x.shape.filter((_, i) => !axes.includes(i));
      return [{ shape, dtype: dtype(x.dtype), data }];
    },
  };
}

/**
 * Reductions over the axes of `axis` (of `reductionIndices` for Max), all axes
 * when it is absent.
 *
 * Mean is the sum divided by the count, one exact division: dividing each
 * element first, as tfjs's cpu backend does, is the same number.
 */
export const reductions: Record<string, Kernel> = {
  Sum: reduction(0, (r, a, b) => r.add(a, b), integerForBool),
  Prod: reduction(1, (r, a, b) => r.mul(a, b), integerForBool),
  Mean: reduction(
    0,
    (r, a, b) => r.add(a, b),
    () => "float32",
    (r, total, count) => (count === 1 ? total : r.div(total, r.constant(count))),
  ),
  Max: reduction(Number.NEGATIVE_INFINITY, (r, a, b) => r.max(a, b)),
  Min: reduction(Number.POSITIVE_INFINITY, (r, a, b) => r.min(a, b)),
  All: reduction(1, (r, a, b) => and(r, a, b)),
  Any: reduction(0, (r, a, b) => or(r, a, b)),

  AddN: {
    evaluate(r, inputs) {
      const terms = Object.values(inputs);
      const data = terms[0].data.map((_, i) =>
        terms.map((term) => term.data[i]).reduce((a, b) => r.add(a, b)),
      );
      return [{ shape: terms[0].shape, dtype: terms[0].dtype, data }];
    },
  },
};
