/**
 * Sums, products and quotients of balls, as generated code.
 *
 * The error of a rounded float64 operation is at most 2^-53·|result|, or
 * 2^-1075 where it underflows. Radii take twice the first. Sums don't
 * underflow; other results get TINY where they are small. Rounding errors of
 * the radius itself are relative, and covered by GROW.
 */
import { type Ball, ball, constant, isBounded, isExact } from "./ball.js";
import { type BallCode, magnitude, padded } from "./ball-code.js";

/** Integers up to here are sums and products without rounding. */
const EXACT_INTEGER = 2 ** 53;
/** A float32 times an integer up to here has at most 53 significant bits. */
const SHORT_INTEGER = 2 ** 29;

export function neg(code: BallCode, a: Ball): Ball {
  if (a.known !== undefined) return constant(-a.known);
  if (a.negative) return a.negative;
  return { ...a, mid: code.let(`-${a.mid}`), negative: a, sum: undefined };
}

/** |.| moves by no more than its argument. */
export function abs(code: BallCode, a: Ball): Ball {
  if (a.known !== undefined) return constant(Math.abs(a.known));
  const base = a.negative ?? a;
  return { ...base, mid: magnitude(code, base.mid), sum: undefined };
}

export function add(code: BallCode, a: Ball, b: Ball): Ball {
  if (b.negative) return sub(code, a, b.negative);
  if (a.negative) return sub(code, b, a.negative);
  if (a.known === 0) return b;
  if (b.known === 0) return a;
  return a.mid > b.mid ? sum(code, b, a, "+") : sum(code, a, b, "+");
}

export function sub(code: BallCode, a: Ball, b: Ball): Ball {
  if (b.negative) return add(code, a, b.negative);
  if (a.negative) return neg(code, add(code, a.negative, b));
  if (b.known === 0) return a;
  if (a.known === 0) return neg(code, b);
  if (a.mid === b.mid && isExact(a) && isExact(b) && isBounded(a)) return constant(0);
  return sum(code, a, b, "-");
}

/**
 * Knuth's TwoSum gives the rounding error of a sum exactly. Where both terms
 * are exact that is the radius, so that x - x*z is exactly 0 at z = 1. It costs
 * more than ulp · |sum|, and gains nothing once a radius holds other errors.
 */
function sum(code: BallCode, a: Ball, b: Ball, sign: "+" | "-"): Ball {
  const integer = a.integer + b.integer;
  if (a.known !== undefined && b.known !== undefined) {
    const addend = sign === "+" ? b.known : -b.known;
    if (twoSumError(a.known, addend) === 0) return constant(a.known + addend);
  }
  const s = code.let(`${a.mid} ${sign} ${b.mid}`);
  const bound = 2 * (a.bound + b.bound);
  if (integer <= EXACT_INTEGER) return ball(s, "0", { integer, bound });
  const facts = { bound, sum: { a, b, sign } };
  if (!a.residual || !b.residual) {
    return ball(s, code.radius(a.rad, b.rad, `ULP * ${magnitude(code, s)}`), facts);
  }
  const error = magnitude(code, roundingError(code, s, facts.sum));
  return ball(s, code.radius(a.rad, b.rad, error), { ...facts, residual: true });
}

/** What rounding took from a sum, exactly: the exact sum is `rounded` plus this. */
function roundingError(code: BallCode, rounded: string, { a, b, sign }: NonNullable<Ball["sum"]>): string {
  const t = code.let(`${rounded} - ${a.mid}`);
  const rest = sign === "+" ? `+ (${b.mid} - ${t})` : `- (${b.mid} + ${t})`;
  return code.let(`${a.mid} - (${rounded} - ${t}) ${rest}`);
}

/**
 * A sum as its midpoint plus a tail: what rounding took from it and from the
 * sums that it is made of. `rad` is what is left then, without these roundings.
 * So 1 + e is known to the relative accuracy of e, not of 1.
 */
export function unrounded(code: BallCode, a: Ball): { tail: string; rad: string } {
  if (!a.sum) return { tail: "0", rad: a.rad };
  const { sign } = a.sum;
  const [left, right] = [unrounded(code, a.sum.a), unrounded(code, a.sum.b)];
  const error = roundingError(code, a.mid, a.sum);
  if (left.tail === "0" && right.tail === "0") return { tail: error, rad: code.radius(left.rad, right.rad) };
  const tail = code.let(`${left.tail} ${sign} ${right.tail} + ${error}`);
  const sizes = [left.tail, right.tail, error]
    .filter((term) => term !== "0")
    .map((term) => magnitude(code, term));
  return { tail, rad: code.radius(left.rad, right.rad, `2 * ULP * (${sizes.join(" + ")})`) };
}

/** NaN where the sum overflows. */
function twoSumError(a: number, b: number): number {
  const s = a + b;
  const t = s - a;
  return a - (s - t) + (b - t);
}

/** For |da| <= ra and |db| <= rb, (a+da)(b+db) - ab is at most |a|·rb + |b|·ra + ra·rb. */
export function mul(code: BallCode, a: Ball, b: Ball): Ball {
  if (a.negative) return neg(code, mul(code, a.negative, b));
  if (b.negative) return neg(code, mul(code, a, b.negative));
  if (a.known === undefined && (b.known !== undefined || a.mid > b.mid)) return mul(code, b, a);
  if (a.known === 1) return b;
  if (a.known === -1) return neg(code, b);
  if (a.known === 0 && isBounded(b)) return constant(0);
  const exact = isExactProduct(a, b);
  if (exact && a.known !== undefined && b.known !== undefined) return constant(a.known * b.known);
  const p = code.let(`${a.mid} * ${b.mid}`);
  const bound = 4 * a.bound * b.bound;
  if (exact) return ball(p, "0", { integer: a.integer * b.integer, bound });
  // A factor of 0 or ±1 copies the other, with its radius; 0 times an infinite one is undefined.
  if (a.integer <= 1) return ball(p, copied(code, a, b, p), { bound, residual: b.residual });
  if (b.integer <= 1) return ball(p, copied(code, b, a, p), { bound, residual: a.residual });
  const cross = isExact(a) || isExact(b) ? "0" : `${a.rad} * ${b.rad}`;
  const rounding = `ULP * ${magnitude(code, p)}`;
  const rad = code.radius(scaled(code, a, b.rad), scaled(code, b, a.rad), cross, rounding);
  return ball(p, padded(code, p, rad, [a, b]), { bound });
}

/** Whether 53 bits hold every product of the two; finite float32 products neither overflow nor underflow. */
function isExactProduct(a: Ball, b: Ball): boolean {
  if (a.single && b.single) return true;
  if (a.single && b.integer <= SHORT_INTEGER) return true;
  if (b.single && a.integer <= SHORT_INTEGER) return true;
  return a.integer * b.integer <= EXACT_INTEGER;
}

function copied(code: BallCode, factor: Ball, a: Ball, product: string): string {
  return isExact(a)
    ? a.bound < Infinity
      ? "0"
      : code.let(`${product} - ${product}`)
    : scaled(code, factor, a.rad);
}

function scaled(code: BallCode, a: Ball, rad: string): string {
  return rad === "0" ? "0" : code.let(`${magnitude(code, a.mid)} * ${rad}`);
}

/**
 * For |da| <= ra, |db| <= rb and q = a/b:
 * (a+da)/(b+db) - q = (da - q·db)/(b+db), at most (ra + |q|·rb)/(|b| - rb).
 * By a reciprocal that is a normal number, so that what underflows in the
 * radius is below its rounding term or TINY.
 */
export function div(code: BallCode, a: Ball, b: Ball): Ball {
  if (a.negative) return neg(code, div(code, a.negative, b));
  if (b.negative) return neg(code, div(code, a, b.negative));
  if (b.known !== undefined && isPowerOfTwo(b.known)) return mul(code, a, constant(1 / b.known));
  const q = code.let(`${a.mid} / ${b.mid}`);
  const size = magnitude(code, q);
  const terms = [`ULP * ${size}`];
  if (!isExact(a) || !isExact(b)) {
    const divisor = magnitude(code, b.mid);
    const nearest = isExact(b) ? divisor : code.let(`${divisor} - ${b.rad}`);
    const inverse = code.let(`${nearest} > SMALL && ${nearest} < 1 / SMALL ? 1 / ${nearest} : Infinity`);
    if (!isExact(a)) terms.unshift(`${a.rad} * ${inverse}`);
    if (!isExact(b)) terms.unshift(`${size} * (${b.rad} * ${inverse})`);
  }
  return ball(q, padded(code, q, code.radius(...terms), [a]));
}

function isPowerOfTwo(x: number): boolean {
  const exponent = Math.round(Math.log2(Math.abs(x)));
  return Math.abs(exponent) < 1000 && 2 ** exponent === Math.abs(x);
}
