/**
 * A number system. What a tfjs kernel means is written once over this
 * interface; evaluating a program in another arithmetic is another
 * implementation of it.
 *
 * `T` may be a number, an enclosure (an interval, a ball), a dual number over
 * another arithmetic, or an expression of generated code.
 *
 * Every operation is the mathematical one on the extended reals. An arithmetic
 * of enclosures returns a set that contains the true result for every choice
 * of the arguments from their sets:
 * - `log(0)` is -Infinity; `log` of a negative number, `0/0`, `x/0`,
 *   `0*Infinity` and `Infinity-Infinity` are undefined;
 * - an operation that may be undefined for some of its arguments gives a result
 *   that says so, and everything computed from it says so too, except `select`
 *   when it surely takes the other branch.
 *
 * Truth values are the numbers 0 and 1; an undecided one encloses both.
 */
export interface Arithmetic<T> {
  /** The number `x`, exactly: any float64, ±Infinity included. */
  constant(x: number): T;

  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  div(a: T, b: T): T;
  neg(a: T): T;
  abs(a: T): T;
  /** -1, 0 or 1. */
  sign(a: T): T;
  max(a: T, b: T): T;
  min(a: T, b: T): T;
  /** a², which an enclosure knows to be at least 0. */
  square(a: T): T;
  sqrt(a: T): T;

  exp(a: T): T;
  /** exp(a) - 1, accurate near 0. */
  expm1(a: T): T;
  log(a: T): T;
  /** log(1 + a), accurate near 0. */
  log1p(a: T): T;
  /** 1/(1+exp(-a)), with small relative error for every a. */
  sigmoid(a: T): T;
  /** log(1+exp(a)), with small relative error for every a. */
  softplus(a: T): T;
  /** a to the power b, as IEEE 754 `pow` where a < 0: an integer b only. pow(0,0) = 1. */
  pow(a: T, b: T): T;

  sin(a: T): T;
  cos(a: T): T;
  tan(a: T): T;
  asin(a: T): T;
  acos(a: T): T;
  atan(a: T): T;
  atan2(y: T, x: T): T;
  sinh(a: T): T;
  cosh(a: T): T;
  tanh(a: T): T;
  asinh(a: T): T;
  acosh(a: T): T;
  atanh(a: T): T;
  erf(a: T): T;

  floor(a: T): T;
  ceil(a: T): T;
  /** To the nearest integer, ties to even. */
  round(a: T): T;

  /** 1 where a < b, else 0. */
  less(a: T, b: T): T;
  /** 1 where a = b, else 0. */
  equal(a: T, b: T): T;
  /** a where the condition is not 0, b where it is 0; both enclosed when undecided. */
  select(condition: T, a: T, b: T): T;

  /** An enclosure of both. Arithmetics of single numbers have none and throw. */
  hull(a: T, b: T): T;
  /** The number, when `a` surely is one float64 that is known now; else undefined. */
  known(a: T): number | undefined;
}
