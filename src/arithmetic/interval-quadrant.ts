import { DOUBTFUL, INFINITE, type Interval, REAL, type Registers, UNDEFINED } from "./interval-registers.js";
import { DOWN, type Register, type Rounding, UP } from "./mpfr.js";

/**
 * The angle of the point (x, y) in (-pi, pi]; at the origin 0, as IEEE 754.
 * Undefined when both are infinite. As 0 has no sign here, the angle of a
 * negative x and y = 0 is pi.
 */
export function atan2(registers: Registers, y: Interval, x: Interval): Interval {
  const { mpfr } = registers;
  const kind = y.kind | x.kind;
  if (kind & UNDEFINED || (y.kind === INFINITE && x.kind === INFINITE)) return registers.undefined;
  const r = registers.next(kind & DOUBTFUL ? DOUBTFUL : REAL);
  const ylo = mpfr.sign(y.lo);
  const yhi = mpfr.sign(y.hi);
  const xlo = mpfr.sign(x.lo);
  const xhi = mpfr.sign(x.hi);
  if (xlo > 0) {
    // Increasing in y; away from the axis the angle shrinks with x.
    angle(registers, r.lo, y.lo, ylo >= 0 ? x.hi : x.lo, DOWN);
    angle(registers, r.hi, y.hi, yhi >= 0 ? x.lo : x.hi, UP);
  } else if (ylo > 0 || (ylo === 0 && xhi < 0)) {
    // Decreasing in x; in y increasing on the right, decreasing on the left.
    angle(registers, r.lo, xhi >= 0 ? y.lo : y.hi, x.hi, DOWN);
    angle(registers, r.hi, xlo >= 0 ? y.hi : y.lo, x.lo, UP);
  } else if (yhi < 0) {
    angle(registers, r.lo, xlo >= 0 ? y.lo : y.hi, x.lo, DOWN);
    angle(registers, r.hi, xhi >= 0 ? y.hi : y.lo, x.hi, UP);
  } else {
    // The origin, or the cut along the negative axis: 0, ±pi/2 or ±pi is the extreme angle on either side.
    extreme(registers, r.lo, ylo < 0 ? -1 : 0, xlo < 0, DOWN);
    extreme(registers, r.hi, yhi > 0 || xlo < 0 ? 1 : 0, xlo < 0, UP);
  }
  return r;
}

function angle(registers: Registers, r: Register, y: Register, x: Register, rounding: Rounding): void {
  const { mpfr } = registers;
  if (mpfr.sign(y) !== 0) mpfr.atan2(r, y, x, rounding);
  else if (mpfr.sign(x) < 0) mpfr.pi(r, rounding);
  else mpfr.setZero(r, 1);
}

/** sign·pi, or half of it when no x is negative. */
function extreme(registers: Registers, r: Register, sign: number, left: boolean, rounding: Rounding): void {
  const { mpfr } = registers;
  if (sign === 0) {
    mpfr.setZero(r, 1);
    return;
  }
  mpfr.pi(r, sign > 0 === (rounding === UP) ? UP : DOWN);
  if (!left) mpfr.half(r, r);
  if (sign < 0) mpfr.neg(r, r, rounding);
}
