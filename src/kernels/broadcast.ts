import type { Tensor } from "./kernel.js";
import { offsetsOf, type Shape, stridesOf } from "./shape.js";

/**
 * The shape that all of the given ones stretch to: aligned at the last axis,
 * where a missing axis and an axis of length 1 repeat.
 */
export function broadcastShape(shapes: readonly Shape[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const lengths = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    const length = lengths.find((candidate) => candidate !== 1) ?? 1;
    if (lengths.some((candidate) => candidate !== 1 && candidate !== length)) {
      const given = shapes.map((shape) => `[${shape}]`).join(" and ");
      throw new RangeError(`the shapes ${given} do not broadcast: an axis must be equal or 1 in all of them`);
    }
    return length;
  });
}

/** Strides that read a tensor of shape `from` as one of shape `to`: 0 along each axis that repeats. */
export function broadcastStrides(from: Shape, to: Shape): number[] {
  const strides = stridesOf(from);
  const added = to.length - from.length;
  return to.map((_, axis) => (axis < added || from[axis - added] === 1 ? 0 : strides[axis - added]));
}

/** The elements of `tensor` stretched to `shape`. */
export function broadcastData<T>(tensor: Tensor<T>, shape: Shape): T[] {
  const sameShape =
    tensor.shape.length === shape.length && tensor.shape.every((length, axis) => length === shape[axis]);
  if (sameShape) return tensor.data;
  return offsetsOf(shape, broadcastStrides(tensor.shape, shape)).map((offset) => tensor.data[offset]);
}
