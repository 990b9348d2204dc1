import { DOUBTFUL, INFINITE, type Interval, REAL, type Registers, UNDEFINED } from "./interval-registers.js";
import { DOWN, UP } from "./mpfr.js";

/** The greater of both. */
export function max(registers: Registers, a: Interval, b: Interval): Interval {
  const { mpfr } = registers;
  const kind = a.kind | b.kind;
  if (kind & UNDEFINED) return registers.undefined;
  if ((kind & DOUBTFUL) === 0) {
    if (a === b || mpfr.lessOrEqual(b.hi, a.lo)) return a;
    if (mpfr.lessOrEqual(a.hi, b.lo)) return b;
  }
  const r = registers.next(kind === REAL ? REAL : DOUBTFUL);
  mpfr.set(r.lo, mpfr.lessThan(a.lo, b.lo) ? b.lo : a.lo, DOWN);
  mpfr.set(r.hi, mpfr.lessThan(a.hi, b.hi) ? b.hi : a.hi, UP);
  return r;
}

/** The smaller of both. */
export function min(registers: Registers, a: Interval, b: Interval): Interval {
  const { mpfr } = registers;
  const kind = a.kind | b.kind;
  if (kind & UNDEFINED) return registers.undefined;
  if ((kind & DOUBTFUL) === 0) {
    if (a === b || mpfr.lessOrEqual(a.hi, b.lo)) return a;
    if (mpfr.lessOrEqual(b.hi, a.lo)) return b;
  }
  const r = registers.next(kind === REAL ? REAL : DOUBTFUL);
  mpfr.set(r.lo, mpfr.lessThan(a.lo, b.lo) ? a.lo : b.lo, DOWN);
  mpfr.set(r.hi, mpfr.lessThan(a.hi, b.hi) ? a.hi : b.hi, UP);
  return r;
}

/** -1, 0 or 1. */
export function sign(registers: Registers, a: Interval): Interval {
  if (a.kind === UNDEFINED) return a;
  const lo = Math.sign(registers.mpfr.sign(a.lo));
  const hi = Math.sign(registers.mpfr.sign(a.hi));
  if (a.kind === DOUBTFUL || lo !== hi) return registers.between(a.kind, lo, hi);
  if (lo === 0) return registers.zero;
  return lo > 0 ? registers.one : registers.minusOne;
}

/** Whether a < b. */
export function less(registers: Registers, a: Interval, b: Interval): Interval {
  const { mpfr } = registers;
  const kind = a.kind | b.kind;
  if (kind & UNDEFINED) return registers.undefined;
  if (a === b) return truth(registers, kind, registers.zero);
  if (mpfr.lessThan(a.hi, b.lo) || (apart(a, b) && mpfr.lessOrEqual(a.hi, b.lo))) {
    return truth(registers, kind, registers.one);
  }
  return truth(registers, kind, mpfr.lessOrEqual(b.hi, a.lo) ? registers.zero : registers.undecided());
}

/** Whether a = b. */
export function equal(registers: Registers, a: Interval, b: Interval): Interval {
  const { mpfr } = registers;
  const kind = a.kind | b.kind;
  if (kind & UNDEFINED) return registers.undefined;
  if (a === b) return truth(registers, kind, registers.one);
  if (apart(a, b) || mpfr.lessThan(a.hi, b.lo) || mpfr.lessThan(b.hi, a.lo)) {
    return truth(registers, kind, registers.zero);
  }
  const same = registers.isPoint(a) && registers.isPoint(b);
  return truth(registers, kind, same ? registers.one : registers.undecided());
}

/** A finite number is not an infinity, though its bound may be missing. */
function apart(a: Interval, b: Interval): boolean {
  return (a.kind ^ b.kind) === INFINITE;
}

function truth(registers: Registers, kind: number, decided: Interval): Interval {
  return kind & DOUBTFUL ? registers.doubt(decided) : decided;
}

/** a where the condition is not 0, b where it is; the branch not taken may be undefined. */
export function select(registers: Registers, condition: Interval, a: Interval, b: Interval): Interval {
  const { mpfr } = registers;
  if (condition.kind === UNDEFINED) return condition;
  const lo = mpfr.sign(condition.lo);
  const hi = mpfr.sign(condition.hi);
  const taken = lo > 0 || hi < 0 ? a : lo === 0 && hi === 0 ? b : hull(registers, a, b);
  return condition.kind === DOUBTFUL ? registers.doubt(taken) : taken;
}

/** Both enclosed. */
export function hull(registers: Registers, a: Interval, b: Interval): Interval {
  const { mpfr } = registers;
  if (a === b) return a;
  if (a.kind === UNDEFINED) return registers.doubt(b);
  if (b.kind === UNDEFINED) return registers.doubt(a);
  if (a.kind === INFINITE && b.kind === INFINITE && mpfr.equals(a.lo, b.lo)) return a;
  const r = registers.next((a.kind | b.kind) === REAL ? REAL : DOUBTFUL);
  mpfr.set(r.lo, mpfr.lessThan(b.lo, a.lo) ? b.lo : a.lo, DOWN);
  mpfr.set(r.hi, mpfr.lessThan(a.hi, b.hi) ? b.hi : a.hi, UP);
  return r;
}
