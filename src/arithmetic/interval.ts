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
/** So many results are remembered; in whole maps, which have more, ties are rare and memory counts. */
const REMEMBERED = 100_000;
/** Ids from here on are not remembered: with the number of operations a key stays below 2^53. */
const IDS = 2 ** 23;

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
  /** Results by operation and operands. */
  private readonly results = new Map<number, Interval>();
  private readonly constants = new Map<number, Interval>();
  private operations = 0;

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
    this.results.clear();
    this.constants.clear();
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
    const made = this.constants.get(x) ?? this.registers.between(Number.isFinite(x) ? REAL : INFINITE, x, x);
    this.constants.set(x, made);
    return made;
  }

  add = this.symmetric((a, b) => ring.add(this.registers, a, b));
  sub = this.binary((a, b) => ring.sub(this.registers, a, b));
  mul = this.symmetric((a, b) => ring.mul(this.registers, a, b));
  div = this.binary((a, b) => ring.div(this.registers, a, b));
  neg = this.unary((a) => ring.neg(this.registers, a));
  abs = this.unary((a) => ring.abs(this.registers, a));
  square = this.unary((a) => ring.square(this.registers, a));

  sign = (a: Interval) => order.sign(this.registers, a);
  max = this.binary((a, b) => order.max(this.registers, a, b));
  min = this.binary((a, b) => order.min(this.registers, a, b));
  less = (a: Interval, b: Interval) => order.less(this.registers, a, b);
  equal = (a: Interval, b: Interval) => order.equal(this.registers, a, b);
  select = (c: Interval, a: Interval, b: Interval) => order.select(this.registers, c, a, b);
  hull = (a: Interval, b: Interval) => order.hull(this.registers, a, b);

  sqrt = this.unary((a) =>
    increasing(this.registers, this.mpfr.sqrt, within(this.registers, a, 0, Infinity)),
  );
  exp = this.unary((a) => increasing(this.registers, this.mpfr.exp, a));
  expm1 = this.unary((a) => increasing(this.registers, this.mpfr.expm1, a));
  log = this.unary((a) => withPoles(this.registers, this.mpfr.log, a, 0, Infinity));
  log1p = this.unary((a) => withPoles(this.registers, this.mpfr.log1p, a, -1, Infinity));
  /** `a` occurs once in 1/(1+exp(-a)), so interval by interval is as tight as end by end. */
  sigmoid = (a: Interval) =>
    this.div(this.registers.one, this.add(this.registers.one, this.exp(this.neg(a))));
  softplus = this.unary((a) => softplus(this.registers, a));
  pow = this.binary((a, b) => pow(this.registers, a, b));

  sin = this.unary((a) => this.periodic.sin(a));
  cos = this.unary((a) => this.periodic.cos(a));
  tan = this.unary((a) => this.periodic.tan(a));
  asin = this.unary((a) => increasing(this.registers, this.mpfr.asin, within(this.registers, a, -1, 1)));
  acos = this.unary((a) => decreasing(this.registers, this.mpfr.acos, within(this.registers, a, -1, 1)));
  atan = this.unary((a) => increasing(this.registers, this.mpfr.atan, a));
  atan2 = this.binary((y, x) => atan2(this.registers, y, x));
  sinh = this.unary((a) => increasing(this.registers, this.mpfr.sinh, a));
  cosh = this.unary((a) => increasing(this.registers, this.mpfr.cosh, this.abs(a)));
  tanh = this.unary((a) => increasing(this.registers, this.mpfr.tanh, a));
  asinh = this.unary((a) => increasing(this.registers, this.mpfr.asinh, a));
  acosh = this.unary((a) =>
    increasing(this.registers, this.mpfr.acosh, within(this.registers, a, 1, Infinity)),
  );
  atanh = this.unary((a) => withPoles(this.registers, this.mpfr.atanh, a, -1, 1));
  erf = this.unary((a) => increasing(this.registers, this.mpfr.erf, a));

  floor = this.unary((a) => increasing(this.registers, this.mpfr.floor, a));
  ceil = this.unary((a) => increasing(this.registers, this.mpfr.ceil, a));
  round = this.unary((a) => increasing(this.registers, this.mpfr.roundEven, a));

  /**
   * The same operation on the same operands gives the very same interval: numbers that are equal for that reason are
   * known to be, however wide their enclosure is. x/3 and y/3 tie where x and y do.
   */
  private unary(operation: (a: Interval) => Interval): (a: Interval) => Interval {
    const code = this.operations++ * IDS;
    return (a) =>
      this.isFull(a.id) ? operation(a) : this.remembered((code + a.id) * IDS, () => operation(a));
  }

  private binary(operation: (a: Interval, b: Interval) => Interval): (a: Interval, b: Interval) => Interval {
    const code = this.operations++ * IDS;
    return (a, b) =>
      this.isFull(a.id) || b.id >= IDS
        ? operation(a, b)
        : this.remembered((code + a.id) * IDS + b.id, () => operation(a, b));
  }

  /** An operation in which the order of the operands does not matter. */
  private symmetric(
    operation: (a: Interval, b: Interval) => Interval,
  ): (a: Interval, b: Interval) => Interval {
    const ordered = this.binary(operation);
    return (a, b) => (a.id <= b.id ? ordered(a, b) : ordered(b, a));
  }

  private isFull(id: number): boolean {
    return this.results.size >= REMEMBERED || id >= IDS;
  }

  private remembered(key: number, make: () => Interval): Interval {
    const known = this.results.get(key);
    if (known) return known;
    const made = make();
    this.results.set(key, made);
    return made;
  }
}
