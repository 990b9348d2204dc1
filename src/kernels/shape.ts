/**
 * Where the elements of a row-major tensor lie. The element at coordinates c is
 * at the sum of c[d] * stride[d]; a slice, a transpose, a broadcast and a
 * reduction differ only in the numbers that are summed.
 */

export type Shape = readonly number[];

export function sizeOf(shape: Shape): number {
  return shape.reduce((size, dimension) => size * dimension, 1);
}

export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/** The numbers 0, step, 2 step, … (`count` of them), from `start` on. */
export function progression(count: number, step = 1, start = 0): number[] {
  return Array.from({ length: count }, (_, i) => start + i * step);
}

/** All sums of one number of each list, the last list varying fastest. */
export function outerSum(lists: readonly (readonly number[])[]): number[] {
  let sums = [0];
  for (const list of lists) {
    const next = new Array<number>(sums.length * list.length);
    let at = 0;
    for (const sum of sums) for (const term of list) next[at++] = sum + term;
    sums = next;
  }
  return sums;
}

/** Where the elements of a tensor of this shape lie in memory with these strides, in row-major order. */
export function offsetsOf(shape: Shape, strides: readonly number[]): number[] {
  return outerSum(shape.map((count, axis) => progression(count, strides[axis])));
}

/** An axis counted from the front; tfjs counts negative ones from the back. */
export function axisOf(axis: number, rank: number): number {
  const positive = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(positive) || positive < 0 || positive >= rank) {
    throw new RangeError(
      `axis ${axis} of a tensor of rank ${rank}: it must be an integer from ${-rank} to ${rank - 1}`,
    );
  }
  return positive;
}

/** The axes of an attribute, ascending; an absent one means all of them, as in tfjs. */
export function axesOf(axes: number | readonly number[] | null | undefined, rank: number): number[] {
  if (axes === null || axes === undefined) return progression(rank);
  const list = typeof axes === "number" ? [axes] : axes;
  return [...new Set(list.map((axis) => axisOf(axis, rank)))].sort((a, b) => a - b);
}
