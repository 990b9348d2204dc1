import { DOWN, type Mpfr, type Register, UP } from "./mpfr.js";

/** A finite number in [lo, hi]; an infinite end is a missing bound. */
export const REAL = 0;
/** A number in [lo, hi], infinite ends included, or undefined: this precision can't tell. */
export const DOUBTFUL = 1;
/** The infinity lo = hi. */
export const INFINITE = 2;
/** No number: undefined for every choice of the arguments. */
export const UNDEFINED = 4;

/** Bits, so that the kinds of two operands are met in one test: `(a.kind | b.kind) >= INFINITE`. */
export type Kind = typeof REAL | typeof DOUBTFUL | typeof INFINITE | typeof UNDEFINED;

/** What is known of one extended real. The operation that makes it fills it in; afterwards it never changes. */
export interface Interval {
  readonly lo: Register;
  readonly hi: Register;
  kind: Kind;
  /** Its place among the intervals of one precision that are alive. */
  readonly id: number;
}

/**
 * The intervals of one precision. Those made since the last `reset` are given
 * back by the next one and used again, so evaluating a program over and over
 * allocates nothing after the first time. The constants below are not given back.
 */
export class Registers {
  readonly zero: Interval;
  readonly one: Interval;
  readonly minusOne: Interval;
  readonly undefined: Interval;

  private readonly slots: Interval[] = [];
  private used = 0;
  private ids = 0;

  constructor(
    readonly mpfr: Mpfr,
    readonly bits: number,
  ) {
    this.zero = this.permanent(REAL, 0, 0);
    this.one = this.permanent(REAL, 1, 1);
    this.minusOne = this.permanent(REAL, -1, -1);
    this.undefined = this.permanent(UNDEFINED, NaN, NaN);
  }

  reset(): void {
    this.used = 0;
  }

  /** An interval whose ends the caller sets at once. */
  next(kind: Kind): Interval {
    if (this.used === this.slots.length) this.slots.push(this.allocate(kind));
    const slot = this.slots[this.used++];
    slot.kind = kind;
    return slot;
  }

  /** The interval of two float64 ends, which every precision here holds exactly. */
  between(kind: Kind, lo: number, hi: number): Interval {
    const r = this.next(kind);
    this.mpfr.setNumber(r.lo, lo, DOWN);
    this.mpfr.setNumber(r.hi, hi, UP);
    return r;
  }

  /** The undecided truth value [0, 1]: a new one each time, since two may be decided differently. */
  undecided(): Interval {
    return this.between(REAL, 0, 1);
  }

  /** Nothing is known. */
  unknown(): Interval {
    return this.between(DOUBTFUL, -Infinity, Infinity);
  }

  infinity(sign: number): Interval {
    return sign < 0
      ? this.between(INFINITE, -Infinity, -Infinity)
      : this.between(INFINITE, Infinity, Infinity);
  }

  /** The same ends, but the number may not exist. */
  doubt(a: Interval): Interval {
    if (a.kind === DOUBTFUL || a.kind === UNDEFINED) return a;
    const r = this.next(DOUBTFUL);
    this.mpfr.set(r.lo, a.lo, DOWN);
    this.mpfr.set(r.hi, a.hi, UP);
    return r;
  }

  isZero(a: Interval): boolean {
    return this.mpfr.sign(a.lo) === 0 && this.mpfr.sign(a.hi) === 0 && a.kind !== UNDEFINED;
  }

  isPoint(a: Interval): boolean {
    return this.mpfr.equals(a.lo, a.hi) !== 0;
  }

  private permanent(kind: Kind, lo: number, hi: number): Interval {
    const r = this.allocate(kind);
    this.mpfr.setNumber(r.lo, lo, DOWN);
    this.mpfr.setNumber(r.hi, hi, UP);
    return r;
  }

  private allocate(kind: Kind): Interval {
    return { lo: this.mpfr.allocate(this.bits), hi: this.mpfr.allocate(this.bits), kind, id: this.ids++ };
  }
}
