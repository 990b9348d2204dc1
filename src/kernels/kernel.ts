import type { Arithmetic } from "../arithmetic/arithmetic.js";
import type { DType } from "../program/program.js";

/** A tensor whose elements are numbers of some arithmetic, in row-major order. */
export interface Tensor<T> {
  shape: readonly number[];
  dtype: DType;
  data: T[];
}

export type Attrs = Record<string, unknown>;
export type Inputs<T> = Record<string, Tensor<T>>;

/** What a tfjs kernel means, over any arithmetic. Returns one tensor for each output of the kernel. */
export interface Kernel {
  evaluate<T>(arithmetic: Arithmetic<T>, inputs: Inputs<T>, attrs: Attrs): Tensor<T>[];
  /**
   * For an elementwise kernel: what it means for one element of each input, in
   * the order of `inputs`. The inputs are broadcast to one shape.
   */
  elementwise?: {
    inputs: readonly string[];
    scalar<T>(arithmetic: Arithmetic<T>, operands: T[], attrs: Attrs): T;
    dtype?: DType;
  };
}
