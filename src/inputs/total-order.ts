import { fromOrdinal, ordinal } from "./ordinal.js";

/**
 * The float32 nearest to `x` as an integer in IEEE 754's total order: as
 * `ordinal` counts, but that -0 is -1, one before 0, and so every negative
 * float is one less. From -0x7f800001 for -Infinity to 0x7f800000 for
 * Infinity; NaN for NaN.
 */
export function totalOrdinal(x: number): number {
  const n = ordinal(x);
  return n < 0 || (n === 0 && Object.is(Math.fround(x), -0)) ? n - 1 : n;
}

/** The float32 of a number in the total order. */
export function fromTotalOrdinal(n: number): number {
  return n < 0 ? -fromOrdinal(-1 - n) : fromOrdinal(n);
}
