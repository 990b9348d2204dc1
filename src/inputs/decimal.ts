import { fromOrdinal, ordinal } from "./ordinal.js";

const DECIMAL = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i;

/** Whether `text` is a decimal number: "17.4", "-.5", "1e-45". */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text) && /^[+-]?\.?\d/.test(text);
}

/**
 * The float32 nearest to a decimal number, ties to even, rounded once;
 * ±Infinity where |decimal| >= (2 - 2^-24) * 2^127.
 *
 * `Math.fround(Number(text))` rounds twice: 1 + 2^-24 + 10^-20 becomes the
 * float64 1 + 2^-24, halfway between two float32, and then 1, the wrong one.
 * Rounding to float64 is monotone and every halfway point is a float64, so
 * the first rounding can only mislead where it ends on a halfway point; there
 * the decimal itself, in integers, says on which side it lies.
 */
export function decimalToFloat32(text: string): number {
  const double = Number(text);
  const magnitude = magnitudeToFloat32(text, Math.abs(double));
  return double < 0 || Object.is(double, -0) ? -magnitude : magnitude;
}

function magnitudeToFloat32(text: string, double: number): number {
  const nearest = Math.fround(double);
  if (nearest === double) return nearest;
  const low = nearest < double ? nearest : fromOrdinal(ordinal(nearest) - 1);
  const high = fromOrdinal(ordinal(low) + 1);
  // Overflow starts halfway between FLT_MAX and 2^128, which would be the next float.
  if (double !== (low + Math.min(high, 2 ** 128)) / 2) return nearest;
  const side = compareMagnitude(text, double);
  return side === 0 ? nearest : side < 0 ? low : high;
}

/** The sign of |decimal| - halfway, for a multiple of 2^-150, which every halfway point is. */
function compareMagnitude(decimal: string, halfway: number): number {
  const [, , whole, fraction, exponent] = DECIMAL.exec(decimal)!;
  const power = Number(exponent ?? 0) - fraction.length;
  const left = BigInt(whole + fraction) * 2n ** 150n * 10n ** BigInt(Math.max(power, 0));
  const right = BigInt(halfway * 2 ** 150) * 10n ** BigInt(Math.max(-power, 0));
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * The shortest decimal that rounds to the float32 nearest to `x`: 17.32868,
 * 1e-45, 3.4028235e+38; "NaN", "Infinity", "-Infinity" and "-0" by name.
 * 9 digits are always enough.
 */
export function formatFloat32(x: number): string {
  const float = Math.fround(x);
  if (Object.is(float, -0)) return "-0";
  if (float === 0 || !Number.isFinite(float)) return String(float);
  for (let digits = 1; digits < 9; digits++) {
    const nearest = float.toExponential(digits - 1);
    // Below a power of two the floats are twice as dense, so the decimal next to the nearest one,
    // away from 0, can round to it where the nearest does not: 2^-96 is 1.2621775e-29.
    for (const candidate of [nearest, nextDecimal(nearest)]) {
      if (decimalToFloat32(candidate) === float) return String(Number(candidate));
    }
  }
  return String(Number(float.toExponential(8)));
}

/** One unit of the last digit away from 0: "1.26e-29" to "127e-31". */
function nextDecimal(decimal: string): string {
  const [, sign, whole, fraction, exponent] = DECIMAL.exec(decimal)!;
  return `${sign}${Number(whole + fraction) + 1}e${Number(exponent) - fraction.length}`;
}
