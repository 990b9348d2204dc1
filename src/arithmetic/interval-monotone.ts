import { DOUBTFUL, INFINITE, type Interval, REAL, type Registers, UNDEFINED } from "./interval-registers.js";
import { DOWN, type Mpfr, type Register, type Rounding, type Unary, UP } from "./mpfr.js";

/**
 * The range of a correctly rounded increasing function: its values at the ends.
 * At a point one evaluation does: rounded down, the true value is that number or
 * lies below the next one.
 */
export function increasing(registers: Registers, f: Unary, a: Interval): Interval {
  if (a.kind === UNDEFINED) return a;
  const { mpfr } = registers;
  const r = registers.next(a.kind);
  if (registers.isPoint(a)) evaluate(mpfr, f, a.lo, r);
  else {
    f(r.lo, a.lo, DOWN);
    f(r.hi, a.hi, UP);
  }
  return limit(mpfr, a, r);
}

/** The same for a decreasing function. */
export function decreasing(registers: Registers, f: Unary, a: Interval): Interval {
  if (a.kind === UNDEFINED) return a;
  const { mpfr } = registers;
  const r = registers.next(a.kind);
  if (registers.isPoint(a)) evaluate(mpfr, f, a.lo, r);
  else {
    f(r.lo, a.hi, DOWN);
    f(r.hi, a.lo, UP);
  }
  return limit(mpfr, a, r);
}

function evaluate(mpfr: Mpfr, f: Unary, x: Register, r: Interval): void {
  const exact = f(r.lo, x, DOWN) === 0;
  mpfr.set(r.hi, r.lo, UP);
  if (!exact) mpfr.nextAbove(r.hi);
}

/** At an infinity a function may have a finite limit, as exp(-Infinity) = 0. */
function limit(mpfr: Mpfr, a: Interval, r: Interval): Interval {
  if (a.kind === INFINITE && !mpfr.isInfinite(r.lo)) r.kind = REAL;
  return r;
}

/** The part of `a` in the closed domain [from, to]; doubtful when `a` reaches out of it, undefined when all of it does. */
export function within(registers: Registers, a: Interval, from: number, to: number): Interval {
  const { mpfr } = registers;
  if (a.kind === UNDEFINED || mpfr.compareNumber(a.hi, from) < 0 || mpfr.compareNumber(a.lo, to) > 0) {
    return registers.undefined;
  }
  const below = mpfr.compareNumber(a.lo, from) < 0;
  const above = mpfr.compareNumber(a.hi, to) > 0;
  if (!below && !above) return a;
  const r = registers.next(DOUBTFUL);
  if (below) mpfr.setNumber(r.lo, from, DOWN);
  else mpfr.set(r.lo, a.lo, DOWN);
  if (above) mpfr.setNumber(r.hi, to, UP);
  else mpfr.set(r.hi, a.hi, UP);
  return r;
}

/**
 * An increasing function that is infinite at the finite ends of its domain, as
 * log at 0: surely infinite at such an end, doubtful on an interval that has it.
 */
export function withPoles(registers: Registers, f: Unary, a: Interval, from: number, to: number): Interval {
  const { mpfr } = registers;
  const inside = within(registers, a, from, to);
  const r = increasing(registers, f, inside);
  if (inside.kind !== REAL) return r;
  const pole =
    (mpfr.isInfinite(r.lo) && !mpfr.isInfinite(inside.lo)) ||
    (mpfr.isInfinite(r.hi) && !mpfr.isInfinite(inside.hi));
  if (pole) r.kind = registers.isPoint(inside) ? INFINITE : DOUBTFUL;
  return r;
}

/**
 * log(1 + exp(a)), increasing. Below 0 it is log1p(exp(a)), which keeps relative
 * accuracy while it falls like exp(a); above 0 it is a + log1p(exp(-a)), a sum
 * of positive terms in which exp can't overflow. Every step is increasing in the
 * one before, so rounding all of them one way bounds the result on that side.
 * softplus(-Infinity) = 0, softplus(Infinity) = Infinity.
 */
export function softplus(registers: Registers, a: Interval): Interval {
  if (a.kind === UNDEFINED) return a;
  const r = registers.next(a.kind);
  const scratch = registers.next(REAL).lo;
  softplusEnd(registers.mpfr, r.lo, a.lo, DOWN, scratch);
  softplusEnd(registers.mpfr, r.hi, a.hi, UP, scratch);
  return limit(registers.mpfr, a, r);
}

function softplusEnd(mpfr: Mpfr, r: Register, x: Register, rounding: Rounding, scratch: Register): void {
  if (mpfr.sign(x) <= 0) {
    mpfr.exp(scratch, x, rounding);
    mpfr.log1p(r, scratch, rounding);
    return;
  }
  mpfr.neg(scratch, x, rounding);
  mpfr.exp(scratch, scratch, rounding);
  mpfr.log1p(scratch, scratch, rounding);
  mpfr.add(r, x, scratch, rounding);
}
