import type { Enclosure } from "../../src/arithmetic/enclosure.js";
import { decimalToFloat32 } from "../../src/inputs/decimal.js";
import { compare, fromDecimal, fromNumber, type Rational } from "../arithmetic/rational.js";

/** The digits of a truth file; the last one may be off by 1. */
const DIGITS = 30;

/**
 * Whether an enclosure contains the number that a truth file gives as a decimal.
 * Exact: where the number lies between neighbours of float64 that the
 * enclosure ends on, integers decide.
 */
export function contains({ lo, hi, defined }: Enclosure, text: string): boolean {
  if (defined !== "yes") return false;
  if (text === "0") return lo <= 0 && 0 <= hi;
  const nearest = Number(text);
  // Nearest means that the number is within half a step, and an end beyond it is at least a whole step away.
  if (lo < nearest && nearest < hi) return true;
  if (nearest === 0) return text.startsWith("-") ? lo < 0 && hi >= 0 : lo <= 0 && hi > 0;
  const exact = fromDecimal(text);
  const slack = lastDigit(text);
  return (
    (lo === -Infinity || compare(minus(fromNumber(lo), slack), exact) <= 0) &&
    (hi === Infinity || compare(exact, plus(fromNumber(hi), slack)) <= 0)
  );
}

/** One unit of the last of 30 significant digits, generously: 10^(e-29) for a number in [10^e, 10^(e+1)). */
function lastDigit(text: string): Rational {
  const [mantissa, power = "0"] = text.replace("-", "").split("e");
  const [whole, fraction = ""] = mantissa.split(".");
  const leading = Number(whole) === 0 ? -(/[1-9]/.exec(fraction)!.index + 1) : whole.length - 1;
  return fromDecimal(`1e${leading + Number(power) - DIGITS + 1}`);
}

function plus(a: Rational, b: Rational): Rational {
  return { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

function minus(a: Rational, b: Rational): Rational {
  return { n: a.n * b.d - b.n * a.d, d: a.d * b.d };
}

/** The float32 that such a decimal, or one whose last digit is off by 1, rounds to. */
export function float32sOf(text: string): number[] {
  const match = /^(-?)([\d.]+)(e.*)?$/.exec(text);
  if (Number(text) === 0 || !match) return [decimalToFloat32(text)];
  const [, sign, mantissa, exponent = ""] = match;
  const digits = mantissa.replace(".", "");
  const point = mantissa.includes(".") ? mantissa.length - mantissa.indexOf(".") - 1 : 0;
  return [-1n, 0n, 1n].map((step) => {
    const moved = (BigInt(digits) + step).toString();
    return decimalToFloat32(`${sign}${moved}e${Number(exponent.slice(1)) - point}`);
  });
}

/** Whether an enclosure is so narrow that 40 bits of the number are known, as far as float32 has such numbers. */
export function isNarrow({ lo, hi, defined }: Enclosure): boolean {
  return defined === "yes" && hi - lo <= 2 ** -40 * Math.max(Math.abs(lo), Math.abs(hi), 2 ** -149);
}
