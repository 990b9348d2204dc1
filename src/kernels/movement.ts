import type { Kernel, Tensor } from "./kernel.js";
import { axesOf, axisOf, offsetsOf, outerSum, progression, type Shape, sizeOf, stridesOf } from "./shape.js";

/** The elements of `x` at the given coordinates of each axis: every combination, in row-major order. */
export function take<T>(x: Tensor<T>, coordinates: readonly (readonly number[])[]): Tensor<T> {
  const strides = stridesOf(x.shape);
  const offsets = outerSum(coordinates.map((list, axis) => list.map((at) => at * strides[axis])));
  return {
    shape: coordinates.map((list) => list.length),
    dtype: x.dtype,
    data: offsets.map((offset) => x.data[offset]),
  };
}

export function reshaped<T>(x: Tensor<T>, shape: Shape): Tensor<T> {
  return { shape, dtype: x.dtype, data: x.data };
}

/** `size` elements from `begin` on, along one axis; all of the others. */
function sliceAlong<T>(x: Tensor<T>, axis: number, begin: number, size: number): Tensor<T> {
  return take(
    x,
    x.shape.map((length, i) => (i === axis ? progression(size, 1, begin) : progression(length))),
  );
}

/** A number or a short list stands for the first axes; the others get `fill`. */
function padded(list: number | readonly number[] | null | undefined, rank: number, fill: number): number[] {
  const given = typeof list === "number" ? [list] : (list ?? []);
  return progression(rank).map((axis) => given[axis] ?? fill);
}

/** The lengths of the parts of an axis: so many equal ones, or these, where one -1 is what is left. */
function partLengths(parts: number | readonly number[], length: number): number[] {
  if (typeof parts === "number") return new Array<number>(parts).fill(length / parts);
  const known = parts.filter((part) => part >= 0).reduce((a, b) => a + b, 0);
  return parts.map((part) => (part < 0 ? length - known : part));
}

/**
 * Kernels that move elements and compute none: each element of the output is
 * one of the input.
 *
 * MirrorPad reads past an edge as in a mirror that stands on the edge's element
 * (`reflect`) or behind it (`symmetric`).
 */
export const movement: Record<string, Kernel> = {
  Identity: { evaluate: (_, { x }) => [x] },

  Reshape: {
    evaluate(_, { x }, attrs) {
      const given = attrs.shape as number[];
      const rest = sizeOf(x.shape) / sizeOf(given.filter((length) => length !== -1));
      return [
        reshaped(
          x,
          given.map((length) => (length === -1 ? rest : length)),
        ),
      ];
    },
  },

  ExpandDims: {
    evaluate(_, { input }, attrs) {
      const axis = axisOf(attrs.dim as number, input.shape.length + 1);
      return [reshaped(input, [...input.shape.slice(0, axis), 1, ...input.shape.slice(axis)])];
    },
  },

  Transpose: {
    evaluate(_, { x }, attrs) {
      const perm = attrs.perm as number[];
      const strides = stridesOf(x.shape);
      const shape = perm.map((axis) => x.shape[axis]);
      const offsets = offsetsOf(
        shape,
        perm.map((axis) => strides[axis]),
      );
      return [{ shape, dtype: x.dtype, data: offsets.map((offset) => x.data[offset]) }];
    },
  },

  Slice: {
    evaluate(_, { x }, attrs) {
      const { begin, size } = attrs as { begin: number | number[]; size?: number | number[] };
      const starts = padded(begin, x.shape.length, 0);
      const sizes = padded(size, x.shape.length, -1);
      return [
        take(
          x,
          x.shape.map((length, axis) => {
            const start = starts[axis];
            return progression(sizes[axis] < 0 ? length - start : sizes[axis], 1, start);
          }),
        ),
      ];
    },
  },

  Reverse: {
    evaluate(_, { x }, attrs) {
      const axes = axesOf(attrs.dims as number | number[] | undefined, x.shape.length);
      return [
        take(
          x,
          x.shape.map((length, axis) =>
            axes.includes(axis) ? progression(length, -1, length - 1) : progression(length),
          ),
        ),
      ];
    },
  },

  Tile: {
    evaluate(_, { x }, attrs) {
      const reps = attrs.reps as number[];
      return [
        take(
          x,
          x.shape.map((length, axis) => progression(length * reps[axis]).map((i) => i % length)),
        ),
      ];
    },
  },

  MirrorPad: {
    evaluate(_, { x }, attrs) {
      const { paddings, mode } = attrs as { paddings: [number, number][]; mode: "reflect" | "symmetric" };
      const offset = mode === "reflect" ? 0 : 1;
      const mirrored = (i: number, length: number) =>
        i < 0 ? -i - offset : i >= length ? 2 * (length - 1) - i + offset : i;
      return [
        take(
          x,
          x.shape.map((length, axis) => {
            const [before, after] = paddings[axis];
            return progression(before + length + after, 1, -before).map((i) => mirrored(i, length));
          }),
        ),
      ];
    },
  },

  SplitV: {
    evaluate(_, { x }, attrs) {
      const axis = axisOf((attrs.axis as number | undefined) ?? 0, x.shape.length);
      let begin = 0;
      return partLengths(attrs.numOrSizeSplits as number | number[], x.shape[axis]).map((length) => {
        const part = sliceAlong(x, axis, begin, length);
        begin += length;
        return part;
      });
    },
  },

  Unpack: {
    evaluate(_, { value }, attrs) {
      const axis = axisOf((attrs.axis as number | undefined) ?? 0, value.shape.length);
      const shape = value.shape.filter((_length, i) => i !== axis);
      return progression(value.shape[axis]).map((i) => reshaped(sliceAlong(value, axis, i, 1), shape));
    },
  },
};
