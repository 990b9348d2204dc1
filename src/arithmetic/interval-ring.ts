import { DOUBTFUL, INFINITE, type Interval, REAL, type Registers, UNDEFINED } from "./interval-registers.js";
import { DOWN, type Mpfr, type Register, type Rounding, UP } from "./mpfr.js";

/** a + b. Infinity - Infinity is undefined. */
export function add(registers: Registers, a: Interval, b: Interval): Interval {
  const kind = a.kind | b.kind;
  if (kind >= INFINITE) return addInfinite(registers, a, b);
  const { mpfr } = registers;
  const r = registers.next(kind === REAL ? REAL : DOUBTFUL);
  mpfr.add(r.lo, a.lo, b.lo, DOWN);
  mpfr.add(r.hi, a.hi, b.hi, UP);
  return kind === REAL ? r : withoutNaN(mpfr, r);
}

function addInfinite(registers: Registers, a: Interval, b: Interval): Interval {
  if ((a.kind | b.kind) & UNDEFINED) return registers.undefined;
  if ((a.kind | b.kind) & DOUBTFUL) return registers.unknown();
  if (a.kind !== INFINITE) return b;
  if (b.kind !== INFINITE) return a;
  return registers.mpfr.equals(a.lo, b.lo) ? a : registers.undefined;
}

/** -a. */
export function neg(registers: Registers, a: Interval): Interval {
  const r = registers.next(a.kind);
  registers.mpfr.neg(r.lo, a.hi, DOWN);
  registers.mpfr.neg(r.hi, a.lo, UP);
  return r;
}

/** a - b. Infinity - Infinity is undefined. */
export function sub(registers: Registers, a: Interval, b: Interval): Interval {
  const kind = a.kind | b.kind;
  if (kind >= INFINITE) return addInfinite(registers, a, neg(registers, b));
  // Not the constant 0: a number that comes out as 0 is not one that never changes.
  if (a === b && kind === REAL) return registers.between(REAL, 0, 0);
  const { mpfr } = registers;
  const r = registers.next(kind === REAL ? REAL : DOUBTFUL);
  mpfr.sub(r.lo, a.lo, b.hi, DOWN);
  mpfr.sub(r.hi, a.hi, b.lo, UP);
  return kind === REAL ? r : withoutNaN(mpfr, r);
}

/**
 * a·b. Each end of the product is a product of ends, picked by their signs; only
 * where both operands reach to both sides of 0 are there two candidates.
 * 0·Infinity is undefined, but 0 times a number without a known bound is 0.
 */
export function mul(registers: Registers, a: Interval, b: Interval): Interval {
  const kind = a.kind | b.kind;
  if (kind >= INFINITE) return mulInfinite(registers, a, b);
  const { mpfr } = registers;
  const r = registers.next(kind === REAL ? REAL : DOUBTFUL);
  if (mpfr.sign(a.lo) >= 0) {
    product(mpfr, r.lo, mpfr.sign(b.lo) >= 0 ? a.lo : a.hi, b.lo, DOWN);
    product(mpfr, r.hi, mpfr.sign(b.hi) >= 0 ? a.hi : a.lo, b.hi, UP);
  } else if (mpfr.sign(a.hi) <= 0) {
    product(mpfr, r.lo, mpfr.sign(b.hi) >= 0 ? a.lo : a.hi, b.hi, DOWN);
    product(mpfr, r.hi, mpfr.sign(b.lo) >= 0 ? a.hi : a.lo, b.lo, UP);
  } else if (mpfr.sign(b.lo) >= 0) {
    product(mpfr, r.lo, a.lo, b.hi, DOWN);
    product(mpfr, r.hi, a.hi, b.hi, UP);
  } else if (mpfr.sign(b.hi) <= 0) {
    product(mpfr, r.lo, a.hi, b.lo, DOWN);
    product(mpfr, r.hi, a.lo, b.lo, UP);
  } else {
    const other = registers.next(REAL);
    mpfr.mul(r.lo, a.lo, b.hi, DOWN);
    mpfr.mul(other.lo, a.hi, b.lo, DOWN);
    if (mpfr.lessThan(other.lo, r.lo)) mpfr.set(r.lo, other.lo, DOWN);
    mpfr.mul(r.hi, a.lo, b.lo, UP);
    mpfr.mul(other.hi, a.hi, b.hi, UP);
    if (mpfr.lessThan(r.hi, other.hi)) mpfr.set(r.hi, other.hi, UP);
  }
  return r;
}

/** The product of two ends: an infinite end stands for numbers without a bound, whose products with 0 are 0. */
function product(mpfr: Mpfr, r: Register, x: Register, y: Register, rounding: Rounding): void {
  mpfr.mul(r, x, y, rounding);
  if (mpfr.isNaN(r)) mpfr.setZero(r, 1);
}

function mulInfinite(registers: Registers, a: Interval, b: Interval): Interval {
  if ((a.kind | b.kind) & UNDEFINED) return registers.undefined;
  if (registers.isZero(a) || registers.isZero(b)) return registers.undefined;
  const sign = surelySigned(registers.mpfr, a) * surelySigned(registers.mpfr, b);
  return sign === 0 || (a.kind | b.kind) & DOUBTFUL ? registers.unknown() : registers.infinity(sign);
}

/** a/b. x/0 and Infinity/Infinity are undefined, x/Infinity is 0. */
export function div(registers: Registers, a: Interval, b: Interval): Interval {
  const kind = a.kind | b.kind;
  const { mpfr } = registers;
  if (kind & UNDEFINED || registers.isZero(b)) return registers.undefined;
  if (kind >= INFINITE) return divInfinite(registers, a, b);
  const sign = surelySigned(mpfr, b);
  if (sign === 0) return registers.unknown();
  const r = registers.next(kind === REAL ? REAL : DOUBTFUL);
  if (sign > 0) {
    mpfr.div(r.lo, a.lo, mpfr.sign(a.lo) >= 0 ? b.hi : b.lo, DOWN);
    mpfr.div(r.hi, a.hi, mpfr.sign(a.hi) >= 0 ? b.lo : b.hi, UP);
  } else {
    mpfr.div(r.lo, a.hi, mpfr.sign(a.hi) >= 0 ? b.hi : b.lo, DOWN);
    mpfr.div(r.hi, a.lo, mpfr.sign(a.lo) >= 0 ? b.lo : b.hi, UP);
  }
  return kind === REAL ? r : withoutNaN(mpfr, r);
}

function divInfinite(registers: Registers, a: Interval, b: Interval): Interval {
  if ((a.kind | b.kind) & DOUBTFUL) return registers.unknown();
  if (a.kind !== INFINITE) return registers.zero;
  if (b.kind === INFINITE) return registers.undefined;
  const sign = surelySigned(registers.mpfr, a) * surelySigned(registers.mpfr, b);
  return sign === 0 ? registers.unknown() : registers.infinity(sign);
}

/** a², at least 0. */
export function square(registers: Registers, a: Interval): Interval {
  const m = abs(registers, a);
  const r = registers.next(m.kind);
  registers.mpfr.square(r.lo, m.lo, DOWN);
  registers.mpfr.square(r.hi, m.hi, UP);
  return r;
}

/** |a|. */
export function abs(registers: Registers, a: Interval): Interval {
  const { mpfr } = registers;
  if (a.kind === UNDEFINED || mpfr.sign(a.lo) >= 0) return a;
  if (mpfr.sign(a.hi) <= 0) return neg(registers, a);
  const r = registers.next(a.kind);
  mpfr.setZero(r.lo, 1);
  mpfr.neg(r.hi, a.lo, UP);
  if (mpfr.lessThan(r.hi, a.hi)) mpfr.set(r.hi, a.hi, UP);
  return r;
}

/** 1 or -1 where every member has that sign, else 0. */
function surelySigned(mpfr: Mpfr, a: Interval): number {
  if (mpfr.sign(a.lo) > 0) return 1;
  return mpfr.sign(a.hi) < 0 ? -1 : 0;
}

/** Ends that came out as Infinity - Infinity or Infinity/Infinity, which only doubtful operands have, tell nothing. */
function withoutNaN(mpfr: Mpfr, r: Interval): Interval {
  if (mpfr.isNaN(r.lo)) mpfr.setInfinity(r.lo, -1);
  if (mpfr.isNaN(r.hi)) mpfr.setInfinity(r.hi, 1);
  return r;
}
