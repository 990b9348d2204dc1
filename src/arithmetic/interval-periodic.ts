import { INFINITE, type Interval, REAL, type Registers } from "./interval-registers.js";
import { DOWN, type Register, type Rounding, type Unary, UP } from "./mpfr.js";

/**
 * Arguments from 2^1100 on, beyond all float64, are not reduced: MPFR would need
 * as many bits of pi as their exponent says, up to a billion.
 */
const MAX_EXPONENT = 1100;
/** Distances to a multiple of pi down to 2^-(bits + 64) are told apart. */
const GUARD_BITS = 64;

/**
 * sin, cos and tan of intervals. The line is cut into the pieces of length pi on
 * which the function is monotone: [k·pi, (k+1)·pi] for cos,
 * [(k-1/2)·pi, (k+1/2)·pi] for sin and tan. Where an end can't be told from a
 * cut, the neighbouring piece is taken in as well, which only widens the result.
 */
export class Periodic {
  private readonly first: Register;
  private readonly last: Register;
  private readonly pi: Register;

  constructor(private readonly registers: Registers) {
    const bits = MAX_EXPONENT + registers.bits + GUARD_BITS;
    this.first = registers.mpfr.allocate(bits);
    this.last = registers.mpfr.allocate(bits);
    this.pi = registers.mpfr.allocate(bits);
  }

  /** sin(a), undefined at ±Infinity. */
  sin(a: Interval): Interval {
    return this.wave(this.registers.mpfr.sin, a, true);
  }

  /** cos(a), undefined at ±Infinity. */
  cos(a: Interval): Interval {
    return this.wave(this.registers.mpfr.cos, a, false);
  }

  /** tan(a), undefined at ±Infinity and at its poles. */
  tan(a: Interval): Interval {
    const { mpfr } = this.registers;
    if (a.kind >= INFINITE) return this.registers.undefined;
    if (this.tooLarge(a) || this.pieces(a, true) > 1) return this.registers.unknown();
    const r = this.registers.next(a.kind);
    mpfr.tan(r.lo, a.lo, DOWN);
    mpfr.tan(r.hi, a.hi, UP);
    return r;
  }

  private wave(f: Unary, a: Interval, centred: boolean): Interval {
    const { mpfr } = this.registers;
    if (a.kind >= INFINITE) return this.registers.undefined;
    const pieces = this.tooLarge(a) ? Infinity : this.pieces(a, centred);
    if (pieces > 2) return this.registers.between(a.kind, -1, 1);
    // On its even pieces sin rises and cos falls.
    const rising = this.isEven(this.first) === centred;
    const r = this.registers.next(a.kind);
    if (pieces === 1) {
      f(r.lo, rising ? a.lo : a.hi, DOWN);
      f(r.hi, rising ? a.hi : a.lo, UP);
      return r;
    }
    const other = this.registers.next(REAL);
    if (rising) {
      f(r.lo, a.lo, DOWN);
      f(other.lo, a.hi, DOWN);
      if (mpfr.lessThan(other.lo, r.lo)) mpfr.set(r.lo, other.lo, DOWN);
      mpfr.setNumber(r.hi, 1, UP);
    } else {
      f(r.hi, a.lo, UP);
      f(other.hi, a.hi, UP);
      if (mpfr.lessThan(r.hi, other.hi)) mpfr.set(r.hi, other.hi, UP);
      mpfr.setNumber(r.lo, -1, DOWN);
    }
    return r;
  }

  /** How many neighbouring pieces surely hold all of `a`; `first` is the index of the leftmost. */
  private pieces(a: Interval, centred: boolean): number {
    const { mpfr } = this.registers;
    this.piece(this.first, a.lo, centred, DOWN);
    this.piece(this.last, a.hi, centred, UP);
    if (mpfr.equals(this.first, this.last)) return 1;
    mpfr.sub(this.last, this.last, this.first, UP);
    return mpfr.compareInteger(this.last, 1) === 0 ? 2 : Infinity;
  }

  /** floor(x/pi), or floor(x/pi + 1/2), from below or from above. */
  private piece(index: Register, x: Register, centred: boolean, rounding: Rounding): void {
    const { mpfr, bits } = this.registers;
    const exponent = mpfr.sign(x) === 0 ? 0 : Math.max(0, mpfr.exponent(x));
    mpfr.setPrecision(index, exponent + bits + GUARD_BITS);
    mpfr.setPrecision(this.pi, exponent + bits + GUARD_BITS);
    // A positive quotient is smaller when pi is taken greater, a negative one when pi is taken smaller.
    mpfr.pi(this.pi, mpfr.sign(x) > 0 === (rounding === DOWN) ? UP : DOWN);
    mpfr.div(index, x, this.pi, rounding);
    if (centred) mpfr.addNumber(index, index, 0.5, rounding);
    mpfr.floor(index, index, rounding);
  }

  private isEven(index: Register): boolean {
    const { mpfr } = this.registers;
    mpfr.half(index, index);
    return mpfr.isInteger(index) !== 0;
  }

  private tooLarge(a: Interval): boolean {
    const { mpfr } = this.registers;
    for (const end of [a.lo, a.hi]) {
      if (mpfr.isInfinite(end)) return true;
      if (mpfr.sign(end) !== 0 && mpfr.exponent(end) > MAX_EXPONENT) return true;
    }
    return false;
  }
}
