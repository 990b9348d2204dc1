import type { Arithmetic } from "./arithmetic.js";
import { type Ball, constant, unknown } from "./ball.js";
import { BallCode } from "./ball-code.js";
import * as functions from "./ball-functions.js";
import * as piecewise from "./ball-piecewise.js";
import { pow, square } from "./ball-power.js";
import * as rational from "./ball-rational.js";

/**
 * Balls of float64 as JavaScript source: each operation adds the statements
 * that compute its midpoint and radius to `code`, and returns their names.
 */
export class BallSource implements Arithmetic<Ball> {
  readonly code = new BallCode();

  constant = constant;
  known = (a: Ball) => a.known;

  add = (a: Ball, b: Ball) => rational.add(this.code, a, b);
  sub = (a: Ball, b: Ball) => rational.sub(this.code, a, b);
  mul = (a: Ball, b: Ball) => rational.mul(this.code, a, b);
  div = (a: Ball, b: Ball) => rational.div(this.code, a, b);
  neg = (a: Ball) => rational.neg(this.code, a);
  abs = (a: Ball) => rational.abs(this.code, a);
  square = (a: Ball) => square(this.code, a);
  pow = (a: Ball, b: Ball) => pow(this.code, a, b);

  sqrt = (a: Ball) => functions.sqrt(this.code, a);
  exp = (a: Ball) => functions.exp(this.code, a);
  expm1 = (a: Ball) => functions.expm1(this.code, a);
  log = (a: Ball) => functions.log(this.code, a);
  log1p = (a: Ball) => functions.log1p(this.code, a);
  sigmoid = (a: Ball) => functions.sigmoid(this.code, a);
  softplus = (a: Ball) => functions.softplus(this.code, a);
  sin = (a: Ball) => functions.sin(this.code, a);
  cos = (a: Ball) => functions.cos(this.code, a);
  tan = (a: Ball) => functions.tan(this.code, a);
  asin = (a: Ball) => functions.asin(this.code, a);
  acos = (a: Ball) => functions.acos(this.code, a);
  atan = (a: Ball) => functions.atan(this.code, a);
  atan2 = (y: Ball, x: Ball) => functions.atan2(this.code, y, x);
  sinh = (a: Ball) => functions.sinh(this.code, a);
  cosh = (a: Ball) => functions.cosh(this.code, a);
  tanh = (a: Ball) => functions.tanh(this.code, a);
  asinh = (a: Ball) => functions.asinh(this.code, a);
  acosh = (a: Ball) => functions.acosh(this.code, a);
  atanh = (a: Ball) => functions.atanh(this.code, a);
  /** `Math` has no erf, and no error bound is at hand for one written here. */
  erf = unknown;

  sign = (a: Ball) => piecewise.sign(this.code, a);
  max = (a: Ball, b: Ball) => piecewise.max(this.code, a, b);
  min = (a: Ball, b: Ball) => piecewise.min(this.code, a, b);
  floor = (a: Ball) => piecewise.floor(this.code, a);
  ceil = (a: Ball) => piecewise.ceil(this.code, a);
  round = (a: Ball) => piecewise.round(this.code, a);
  less = (a: Ball, b: Ball) => piecewise.less(this.code, a, b);
  equal = (a: Ball, b: Ball) => piecewise.equal(this.code, a, b);
  select = (condition: Ball, a: Ball, b: Ball) => piecewise.select(this.code, condition, a, b);
  hull = (a: Ball, b: Ball) => piecewise.hull(this.code, a, b);
}
