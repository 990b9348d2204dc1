import { ulp32 } from "../inputs/ordinal.js";

/** Numbers from here on round to Infinity. */
const OVERFLOW = 2 ** 128 - 2 ** 103;

/** Exact numbers are known to this share of an ulp. */
const NARROW = 2 ** -7;

/**
 * How far a computed float32 is from an exact number, in units in the last place
 * of float32 at the one nearest to it (2^-149 at 0 and below 2^-126): so an
 * exact number that is known to lie within a hair of a power of 2 needs no more.
 *
 * - NaN for NaN;
 * - Infinity for ±Infinity where the exact number does not round to it;
 * - an exact number that does counts as ±2^128.
 */
export function ulpsOff(computed: number, exact: number): number {
  if (Math.abs(exact) < OVERFLOW) return Math.abs(computed - exact) / ulp32(Math.fround(exact));
  const limit = exact > 0 ? Infinity : -Infinity;
  if (computed === limit) return 0;
  return Math.abs(Math.sign(exact) * 2 ** 128 - computed) / 2 ** 104;
}

/** Whether every exact number from `low` to `high` gives the same error, as far as it matters. */
export function isNarrow(low: number, high: number): boolean {
  if (low >= OVERFLOW || high <= -OVERFLOW) return true;
  return high - low <= NARROW * ulp32(low) && -OVERFLOW < low && high < OVERFLOW;
}

/** NaN is worse than Infinity, and Infinity than any number of ulps. */
export function isWorse(a: number, b: number): boolean {
  return Number.isNaN(a) ? !Number.isNaN(b) : a > b;
}
