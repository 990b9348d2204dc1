import type { LossFunction } from "../losses/loss.js";
import type { Tfjs } from "../targets/tfjs.js";

/** What the result at ±0, ±Infinity and NaN is held against. */
export interface SpecialRule {
  /** IEEE 754-2019 (with C, annex F) says it, signed zeros included; or it is the limit of the function. */
  by: "IEEE 754" | "limit";
  /**
   * The right result, in float64. It is only asked where ECMAScript fixes what its
   * operators and functions give: for arguments among ±0, ±Infinity, NaN and ±1.
   */
  value(x: number[], c: number): number;
}

/** An op of tfjs as a function of one argument x, or of a row that is made from x. */
export interface Op {
  /** Its name in the namespace of tfjs. */
  name: string;
  /** How it is called: "exp(x)", "pow(c, x)", "logSumExp([x, 0])". */
  form: string;
  /** Of x and the constant c, in tensors of one shape; one number for each point. */
  f(tf: Tfjs): LossFunction;
  /** The row of a point. Elementwise ops have none. */
  row?: (x: number) => number[];
  /** What c is, one after the other, where there is one. */
  constants?: readonly number[];
  /** Of an op of two tensors, x is the second one. Special values are those of the first form, which has all pairs. */
  isSwapped?: true;
  special: SpecialRule;
}

/** Numbers in a row. */
export function sizeOf({ row }: Op): number {
  return row === undefined ? 1 : row(1).length;
}
