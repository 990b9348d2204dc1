import { attribute } from "./attribute.js";
import type { Kernel, Tensor } from "./kernel.js";
import { reshaped } from "./movement.js";
import { axisOf, offsetsOf, outerSum, progression, type Shape, sizeOf, stridesOf } from "./shape.js";

/** Writes `x` into the row-major `data` of a tensor of shape `shape`, its first element at `corner`. */
function place<T>(data: T[], shape: Shape, x: Tensor<T>, corner: readonly number[]): void {
  const strides = stridesOf(shape);
  const offsets = outerSum(
    x.shape.map((length, axis) => progression(length, strides[axis], corner[axis] * strides[axis])),
  );
  offsets.forEach((offset, i) => {
    data[offset] = x.data[i];
  });
}

function concatenated<T>(tensors: Tensor<T>[], axis: number): Tensor<T> {
  const [first] = tensors;
  const total = tensors.reduce((sum, tensor) => sum + tensor.shape[axis], 0);
  const shape = first.shape.map((length, i) => (i === axis ? total : length));
  const data = new Array<T>(sizeOf(shape));
  let begin = 0;
  for (const tensor of tensors) {
    place(
      data,
      shape,
      tensor,
      shape.map((_, i) => (i === axis ? begin : 0)),
    );
    begin += tensor.shape[axis];
  }
  return { shape, dtype: first.dtype, data };
}

/**
 * Kernels that put tensors side by side, or into a larger one whose other
 * elements are a constant. They move elements and compute none.
 */
export const joining: Record<string, Kernel> = {
  Concat: {
    evaluate(_, inputs, attrs) {
      const tensors = Object.values(inputs);
      return [concatenated(tensors, axisOf(attrs.axis as number, tensors[0].shape.length))];
    },
  },

  Pack: {
    evaluate(_, inputs, attrs) {
      const tensors = Object.values(inputs);
      const axis = axisOf((attrs.axis as number | undefined) ?? 0, tensors[0].shape.length + 1);
      const layers = tensors.map((x) => reshaped(x, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)]));
      return [concatenated(layers, axis)];
    },
  },

  PadV2: {
    evaluate(r, { x }, attrs) {
      const { paddings, constantValue } = attrs as { paddings: [number, number][]; constantValue: number };
      const shape = x.shape.map((length, axis) => paddings[axis][0] + length + paddings[axis][1]);
      const data = new Array(sizeOf(shape)).fill(r.constant(attribute(constantValue, x.dtype)));
      place(
        data,
        shape,
        x,
        paddings.map(([before]) => before),
      );
      return [{ shape, dtype: x.dtype, data }];
    },
  },

  Diag: {
    evaluate(r, { x }) {
      const size = sizeOf(x.shape);
      const data = new Array(size * size).fill(r.constant(0));
      offsetsOf([size], [size + 1]).forEach((offset, i) => {
        data[offset] = x.data[i];
      });
      return [{ shape: [...x.shape, ...x.shape], dtype: x.dtype, data }];
    },
  },
};
