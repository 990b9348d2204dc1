import type { Float } from "../judge/finding.js";
import { decimalToFloat32, isDecimal } from "./decimal.js";
import { InputError } from "./input-error.js";
import { bits, fromBits } from "./ordinal.js";

export { formatFloat32 } from "./decimal.js";
export { bits, fromBits, fromOrdinal, isSubnormal, LARGEST, ordinal, ulp32 } from "./ordinal.js";

const FORMS =
  'give a decimal ("17.4", "-1e-45"), "Infinity", "-Infinity" or the bits of a float32 ("0x418b3333")';

/**
 * The float32 nearest to what a user typed, correctly rounded: a decimal,
 * ±Infinity ("inf", "Infinity") or the bits in hexadecimal.
 *
 * Decimals too small for float32 are 0; those that would round to Infinity are
 * refused, as is NaN, of which nothing can be computed.
 */
export function parseFloat32(text: string): number {
  const trimmed = text.trim();
  if (/^[+-]?0x/i.test(trimmed)) return parseBits(trimmed);
  const infinity = /^([+-]?)inf(?:inity)?$/i.exec(trimmed);
  if (infinity) return infinity[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^[+-]?nan$/i.test(trimmed)) throw new InputError(`"${text}" is no input to audit: ${FORMS}.`);
  if (!isDecimal(trimmed)) throw new InputError(`"${text}" is not a number: ${FORMS}.`);
  const x = decimalToFloat32(trimmed);
  if (!Number.isFinite(x)) {
    throw new InputError(
      `"${text}" is beyond float32, which ends at ±3.4028235e38: give a number in this range, "Infinity" or "-Infinity".`,
    );
  }
  return x;
}

function parseBits(text: string): number {
  const x = fromBits(text);
  if (Number.isNaN(x)) throw new InputError(`"${text}" is NaN, which is no input to audit: ${FORMS}.`);
  return x;
}

/** A number as reports hold it: its value, which JSON keeps, and the bits of the float32 nearest to it. */
export function toFloat(x: number): Float {
  if (Number.isFinite(x) && !Object.is(x, -0)) return { value: x, bits: bits(x) };
  const value = Object.is(x, -0) ? "-0" : (String(x) as "NaN" | "Infinity" | "-Infinity");
  return { value, bits: bits(x) };
}
