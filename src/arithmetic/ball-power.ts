import { type Ball, ball, constant, isExact } from "./ball.js";
import type { BallCode } from "./ball-code.js";
import { exp, log, sqrt } from "./ball-functions.js";
import { add, div, mul } from "./ball-rational.js";

/** Powers up to here are products: accurate, defined for every base, and exact where products are. */
const LARGEST_PRODUCT = 16;

export function pow(code: BallCode, a: Ball, b: Ball): Ball {
  if (b.known === 0.5) return sqrt(code, a);
  if (b.known === undefined || !Number.isInteger(b.known) || Math.abs(b.known) > LARGEST_PRODUCT) {
    return realPower(code, a, b);
  }
  // a^0 is 1, but an undefined a makes it undefined.
  if (b.known === 0) return add(code, constant(1), mul(code, constant(0), a));
  const power = integerPower(code, a, Math.abs(b.known));
  return b.known > 0 ? power : div(code, constant(1), power);
}

/**
 * exp(b·log a), or exactly 0 for a = 0 and b > 0. Nothing is stated for a base
 * that may be negative or 0 otherwise.
 *
 * Not by `Math.pow`: V8's (11.3, in Node 20) is off by 383 ulps at
 * 0.99999990973236564^-6178268641.5904846.
 */
function realPower(code: BallCode, a: Ball, b: Ball): Ball {
  const power = exp(code, mul(code, b, log(code, a)));
  const zero = code.let(`${a.mid} === 0${isExact(a) ? "" : ` && ${a.rad} === 0`} && ${b.mid} > ${b.rad}`);
  return ball(code.let(`${zero} ? 0 : ${power.mid}`), code.let(`${zero} ? 0 : ${power.rad}`));
}

/** By squaring. An even power is one of a's square, and so is surely not negative. */
function integerPower(code: BallCode, a: Ball, n: number): Ball {
  if (n === 1) return a;
  const half = integerPower(code, a, n >> 1);
  const even = square(code, half);
  return n % 2 === 0 ? even : mul(code, even, a);
}

export function square(code: BallCode, a: Ball): Ball {
  const base = a.negative ?? a;
  return mul(code, base, base);
}
