import { DOUBTFUL, INFINITE, type Interval, REAL, type Registers, UNDEFINED } from "./interval-registers.js";
import { abs } from "./interval-ring.js";
import { DOWN, type Register, UP } from "./mpfr.js";

/**
 * a to the power b, as IEEE 754 `pow`: where a < 0 only an integer b has one;
 * x^0 = 1 for every x; 0^b is Infinity for b < 0 and 0 for b > 0. An infinite
 * exponent of anything but a base that is surely apart from 1 is left open.
 */
export function pow(registers: Registers, a: Interval, b: Interval): Interval {
  const { mpfr } = registers;
  if ((a.kind | b.kind) & UNDEFINED) return registers.undefined;
  if (b.kind === REAL && registers.isPoint(b) && mpfr.isInteger(b.lo)) {
    return integerPower(registers, a, b.lo);
  }
  if (mpfr.sign(a.lo) < 0) {
    const undefinedPower = mpfr.sign(a.hi) < 0 && b.kind !== INFINITE && holdsNoInteger(registers, b);
    return undefinedPower ? registers.undefined : registers.unknown();
  }
  if ((a.kind | b.kind) & INFINITE) return infinitePower(registers, a, b);
  return positivePower(registers, a, b);
}

function integerPower(registers: Registers, a: Interval, n: Register): Interval {
  const { mpfr } = registers;
  const sign = mpfr.sign(n);
  if (sign === 0) return a.kind === DOUBTFUL ? registers.doubt(registers.one) : registers.one;
  const base = isEven(registers, n) ? abs(registers, a) : a;
  if (sign > 0) return endPowers(registers, base, base.lo, n, base.hi, n);
  if (mpfr.sign(base.lo) > 0 || mpfr.sign(base.hi) < 0) {
    return endPowers(registers, base, base.hi, n, base.lo, n);
  }
  if (base.kind === REAL && registers.isZero(base)) return registers.infinity(1);
  return registers.unknown();
}

/**
 * a >= 0. The exponent of a^b = exp(b·log a) is monotone in a and in b, so the
 * range has its ends at corners, picked by the signs of b and of log a.
 */
function positivePower(registers: Registers, a: Interval, b: Interval): Interval {
  const { mpfr } = registers;
  const kind = { kind: a.kind === REAL && b.kind === REAL ? REAL : DOUBTFUL } as const;
  if (mpfr.sign(a.lo) === 0 && mpfr.sign(b.lo) < 0) {
    const surelyInfinite = kind.kind === REAL && mpfr.sign(a.hi) === 0 && mpfr.sign(b.hi) < 0;
    return surelyInfinite ? registers.infinity(1) : registers.between(DOUBTFUL, 0, Infinity);
  }
  if (mpfr.compareInteger(a.lo, 1) >= 0) {
    const low = mpfr.sign(b.lo) >= 0 ? a.lo : a.hi;
    const high = mpfr.sign(b.hi) >= 0 ? a.hi : a.lo;
    return endPowers(registers, kind, low, b.lo, high, b.hi);
  }
  if (mpfr.compareInteger(a.hi, 1) <= 0) {
    const low = mpfr.sign(b.hi) >= 0 ? a.lo : a.hi;
    const high = mpfr.sign(b.lo) >= 0 ? a.hi : a.lo;
    return endPowers(registers, kind, low, b.hi, high, b.lo);
  }
  if (mpfr.sign(b.lo) >= 0) return endPowers(registers, kind, a.lo, b.hi, a.hi, b.hi);
  if (mpfr.sign(b.hi) <= 0) return endPowers(registers, kind, a.hi, b.lo, a.lo, b.lo);
  const r = endPowers(registers, kind, a.lo, b.hi, a.hi, b.hi);
  const other = endPowers(registers, kind, a.hi, b.lo, a.lo, b.lo);
  if (mpfr.lessThan(other.lo, r.lo)) mpfr.set(r.lo, other.lo, DOWN);
  if (mpfr.lessThan(r.hi, other.hi)) mpfr.set(r.hi, other.hi, UP);
  return r;
}

/** One of both is ±Infinity, and a >= 0. */
function infinitePower(registers: Registers, a: Interval, b: Interval): Interval {
  const { mpfr } = registers;
  if ((a.kind | b.kind) & DOUBTFUL) return registers.unknown();
  const apartFromOne = mpfr.compareInteger(a.lo, 1) > 0 || mpfr.compareInteger(a.hi, 1) < 0;
  const signedExponent = mpfr.sign(b.lo) > 0 || mpfr.sign(b.hi) < 0;
  if (!apartFromOne || !signedExponent) return registers.between(DOUBTFUL, 0, Infinity);
  const grows = mpfr.compareInteger(a.lo, 1) > 0 === mpfr.sign(b.lo) > 0;
  return grows ? registers.infinity(1) : registers.zero;
}

/** [lowBase^lowExponent, highBase^highExponent], rounded outwards. */
function endPowers(
  registers: Registers,
  { kind }: Pick<Interval, "kind">,
  lowBase: Register,
  lowExponent: Register,
  highBase: Register,
  highExponent: Register,
): Interval {
  const { mpfr } = registers;
  const r = registers.next(kind);
  const exact = mpfr.pow(r.lo, lowBase, lowExponent, DOWN) === 0;
  if (mpfr.equals(lowBase, highBase) && mpfr.equals(lowExponent, highExponent)) {
    mpfr.set(r.hi, r.lo, UP);
    if (!exact) mpfr.nextAbove(r.hi);
  } else mpfr.pow(r.hi, highBase, highExponent, UP);
  if (kind === INFINITE && !mpfr.isInfinite(r.lo)) r.kind = REAL;
  return r;
}

function isEven(registers: Registers, n: Register): boolean {
  const half = registers.next(REAL).lo;
  registers.mpfr.half(half, n);
  return registers.mpfr.isInteger(half) !== 0;
}

function holdsNoInteger(registers: Registers, b: Interval): boolean {
  const { mpfr } = registers;
  const scratch = registers.next(REAL);
  mpfr.floor(scratch.lo, b.hi, DOWN);
  return mpfr.lessThan(scratch.lo, b.lo) !== 0;
}
