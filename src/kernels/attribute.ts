import type { DType } from "../program/program.js";

/**
 * The number that an attribute of a kernel stands for where the kernel stores
 * it: the one that a tensor of this dtype holds when it is given it.
 *
 * An attribute is recorded as the float64 that the user wrote, such as the
 * bounds of `tf.clipByValue(p, 1e-7, 1 - 1e-7)`. The program means the nearest
 * float32, for two reasons:
 * - every backend but cpu receives attributes as float32, and on cpu the bound,
 *   the fill value or the slope of Step is rounded when it is stored, so no
 *   tensor ever holds the float64;
 * - a constant written as a tensor is its float32 value, and `tf.fill([1], 0.1)`
 *   and `tf.scalar(0.1)`, or clipping by attribute and by `tf.minimum`, are the
 *   same function: an exact run must not tell them apart.
 *
 * An attribute that is only calculated with, as the slope of LeakyRelu, means
 * the float64: rounding it is an error of the kernel that does so.
 */
export function attribute(x: number, dtype: DType): number {
  switch (dtype) {
    case "float32":
      return Math.fround(x);
    case "int32":
      return Math.trunc(x);
    case "bool":
      return x === 0 ? 0 : 1;
  }
}
