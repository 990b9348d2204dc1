import type { Arithmetic } from "./arithmetic.js";
import type { Enclosure } from "./enclosure.js";
import { decreasing, increasing, softplus, within, withPoles } from "./interval-monotone.js";
import * as order from "./interval-order.js";
import { Periodic } from "./interval-periodic.js";
import { pow } from "./interval-power.js";
import { atan2 } from "./interval-quadrant.js";
import { DOUBTFUL, INFINITE, type Interval, REAL, Registers, UNDEFINED } from "./interval-registers.js";
import * as ring from "./interval-ring.js";
import { DOWN, type Mpfr, UP } from "./mpfr.js";

export type { Interval } from "./interval-registers.js";

/** Fewer bits could not hold every float64. */
const MIN_BITS = 53;
const MAX_BITS = 1 << 20;

/**
 * Intervals of MPFR numbers of `bits` bits, rounded outwards: every result
 * surely contains the true one, for every choice of the arguments from theirs.
 *
 * Its intervals live until `reset`, which gives all of them back at once:
 * read what is needed with `enclosure` or `known` before.
 */
export class IntervalArithmetic implements Arithmetic<Interval> {
  private readonly registers: Registers;
  private readonly periodic: Periodic;

  constructor(
    private readonly mpfr: Mpfr,
    readonly bits: number,
  ) {
    if (!Number.isInteger(bits) || bits < MIN_BITS || bits > MAX_BITS) {
      throw new RangeError(`precision of ${bits} bits: must be an integer from ${MIN_BITS} to ${MAX_BITS}`);
    }
    this.registers = new Registers(mpfr, bits);
    this.periodic = new Periodic(this.registers);
  }

  /** Gives back all intervals made so far. Constants 0, 1 and -1 stay. */
  reset(): void {
    this.registers.reset();
  }

  /** All numbers between two float64. An infinite end is a missing bound, and not a member. */
  interval(lo: number, hi: number): Interval {
    if (!(lo <= hi)) throw new RangeError(`interval [${lo}, ${hi}]: the ends must be in order`);
    if (lo === hi) return this.constant(lo);
    return this.registers.between(REAL, lo, hi);
  }

  /** The float64 ends, rounded outwards. */
  enclosure(a: Interval): Enclosure {
    if (a.kind === UNDEFINED) return { lo: Number.NaN, hi: Number.NaN, defined: "no" };
    // Adding 0 makes -0 into 0.
    const lo = this.mpfr.toNumber(a.lo, DOWN) + 0;
    const hi = this.mpfr.toNumber(a.hi, UP) + 0;
    return { lo, hi, defined: a.kind === DOUBTFUL ? "unknown" : "yes" };
  }

  known(a: Interval): number | undefined {
    if (a.kind === DOUBTFUL || !this.registers.isPoint(a)) return undefined;
    const x = this.mpfr.toNumber(a.lo, DOWN) + 0;
    return this.mpfr.compareNumber(a.lo, x) === 0 ? x : undefined;
  }

  constant(x: number): Interval {
    if (x === 0) return this.registers.zero;
    if (x === 1) return this.registers.one;
    if (x === -1) return this.registers.minusOne;
    if (Number.isNaN(x)) return this.registers.undefined;
    return this.registers.between(Number.isFinite(x) ? REAL : INFINITE, x, x);
  }

  add = (a: Interval, b: Interval) => ring.add(this.registers, a, b);
  sub = (a: Interval, b: Interval) => ring.sub(this.registers, a, b);
  mul = (a: Interval, b: Interval) => ring.mul(this.registers, a, b);
  div = (a: Interval, b: Interval) => ring.div(this.registers, a, b);
  neg = (a: Interval) => ring.neg(this.registers, a);
  abs = (a: Interval) => ring.abs(this.registers, a);
  square = (a: Interval) => ring.square(this.registers, a);

  sign = (a: Interval) => order.sign(this.registers, a);
  max = (a: Interval, b: Interval) => order.max(this.registers, a, b);
  min = (a: Interval, b: Interval) => order.min(this.registers, a, b);
  less = (a: Interval, b: Interval) => order.less(this.registers, a, b);
  equal = (a: Interval, b: Interval) => order.equal(this.registers, a, b);
  select = (c: Interval, a: Interval, b: Interval) => order.select(this.registers, c, a, b);
  hull = (a: Interval, b: Interval) => order.hull(this.registers, a, b);

  sqrt = (a: Interval) => increasing(this.registers, this.mpfr.sqrt, within(this.registers, a, 0, Infinity));
  exp = (a: Interval) => increasing(this.registers, this.mpfr.exp, a);
  expm1 = (a: Interval) => increasing(this.registers, this.mpfr.expm1, a);
  log = (a: Interval) => withPoles(this.registers, this.mpfr.log, a, 0, Infinity);
  log1p = (a: Interval) => withPoles(this.registers, this.mpfr.log1p, a, -1, Infinity);
  /** `a` occurs once in 1/(1+exp(-a)), so interval by interval is as tight as end by end. */
  sigmoid = (a: Interval) =>
    this.div(this.registers.one, this.add(this.registers.one, this.exp(this.neg(a))));
  softplus = (a: Interval) => softplus(this.registers, a);
  pow = (a: Interval, b: Interval) => pow(this.registers, a, b);

  sin = (a: Interval) => this.periodic.sin(a);
  cos = (a: Interval) => this.periodic.cos(a);
  tan = (a: Interval) => this.periodic.tan(a);
  asin = (a: Interval) => increasing(this.registers, this.mpfr.asin, within(this.registers, a, -1, 1));
  acos = (a: Interval) => decreasing(this.registers, this.mpfr.acos, within(this.registers, a, -1, 1));
  atan = (a: Interval) => increasing(this.registers, this.mpfr.atan, a);
  atan2 = (y: Interval, x: Interval) => atan2(this.registers, y, x);
  sinh = (a: Interval) => increasing(this.registers, this.mpfr.sinh, a);
  cosh = (a: Interval) => increasing(this.registers, this.mpfr.cosh, this.abs(a));
  tanh = (a: Interval) => increasing(this.registers, this.mpfr.tanh, a);
  asinh = (a: Interval) => increasing(this.registers, this.mpfr.asinh, a);
  acosh = (a: Interval) =>
    increasing(this.registers, this.mpfr.acosh, within(this.registers, a, 1, Infinity));
  atanh = (a: Interval) => withPoles(this.registers, this.mpfr.atanh, a, -1, 1);
  erf = (a: Interval) => increasing(this.registers, this.mpfr.erf, a);

  floor = (a: Interval) => increasing(this.registers, this.mpfr.floor, a);
  ceil = (a: Interval) => increasing(this.registers, this.mpfr.ceil, a);
  round = (a: Interval) => increasing(this.registers, this.mpfr.roundEven, a);
}
