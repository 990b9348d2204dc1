import type { Shape } from "../kernels/shape.js";

/**
 * Nested loops over a shape, as few as possible: neighbouring axes become one
 * where every operand steps through them evenly, and axes of length 1 go.
 */
export function collapse(
  shape: Shape,
  strides: readonly (readonly number[])[],
): { counts: number[]; strides: number[][] } {
  const counts: number[] = [];
  const steps: number[][] = strides.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    if (shape[axis] === 1) continue;
    const last = counts.length - 1;
    const even = strides.every((stride, k) => steps[k][last] === stride[axis] * shape[axis]);
    if (last >= 0 && even) {
      counts[last] *= shape[axis];
      strides.forEach((stride, k) => {
        steps[k][last] = stride[axis];
      });
    } else {
      counts.push(shape[axis]);
      strides.forEach((stride, k) => {
        steps[k].push(stride[axis]);
      });
    }
  }
  return { counts, strides: steps };
}
