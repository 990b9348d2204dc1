import { stridesOf } from "../kernels/shape.js";

/** Which of the n indices of an axis to keep: every run of 1, 2, 4, … neighbours, then all but one. */
export function* parts(n: number): Generator<readonly number[]> {
  const all = Array.from({ length: n }, (_, i) => i);
  for (let length = 1; length < n - 1; length *= 2) {
    for (let from = 0; from + length <= n; from++) yield all.slice(from, from + length);
  }
  if (n > 1) for (const left of all) yield all.filter((i) => i !== left);
}

/** The elements of a row-major array at some indices of an axis. */
export function take(
  data: Float32Array,
  shape: readonly number[],
  axis: number,
  kept: readonly number[],
): Float32Array<ArrayBuffer> {
  const stride = stridesOf(shape)[axis];
  return Float32Array.from(data).filter((_, i) => kept.includes(Math.floor(i / stride) % shape[axis]));
}
