import { ulpsBetween } from "./number.js";

/**
 * How far a computed float32 is from the exact number in bits, log2(1 + ulps), to two decimals: about as many of
 * its last bits are wrong. NaN where it is NaN, Infinity where it or the exact number alone is infinite; null where
 * the exact number is not known, which NaN says.
 */
export function errorBits(computed: number, exact: number): number | null {
  if (Number.isNaN(computed)) return Number.NaN;
  if (Math.abs(computed) === Infinity) return Infinity;
  if (Number.isNaN(exact)) return null;
  return Math.round(100 * Math.log2(1 + ulpsBetween(computed, exact))) / 100;
}

/** The worst of several: NaN before Infinity before the most bits; null where none is known. */
export function worstBits(bits: readonly (number | null)[]): number | null {
  return bits.reduce((worst, one) => (isWorse(one, worst) ? one : worst), null);
}

/** Whether an error is worse than another one. */
function isWorse(one: number | null, other: number | null): boolean {
  if (one === null || (other !== null && Number.isNaN(other))) return false;
  return other === null || Number.isNaN(one) || one > other;
}
