/**
 * A real number known to lie between two float64 numbers.
 *
 * `defined` tells whether the number exists:
 * - `"yes"`: it does, and `lo <= number <= hi`. An infinite end is a missing
 *   bound: the number is finite. Only `lo = hi = ±Infinity` says that the number
 *   is that infinity, as log(0) is -Infinity;
 * - `"no"`: it surely does not, as the logarithm of a negative number, x/0 or
 *   0·Infinity; `lo` and `hi` are NaN;
 * - `"unknown"`: this precision can't tell. If the number exists it lies in
 *   [lo, hi], infinite ends included.
 */
export interface Enclosure {
  lo: number;
  hi: number;
  defined: "yes" | "no" | "unknown";
}

/**
 * How wide an enclosure is, relative to its larger end; next to 0, where no
 * relative width is small, to the smallest float32. 0 for a single number,
 * Infinity where a bound is missing or the number may not exist.
 */
export function relativeWidth({ lo, hi, defined }: Enclosure): number {
  if (defined !== "yes" || (lo !== hi && (lo === -Infinity || hi === Infinity))) return Infinity;
  return lo === hi ? 0 : (hi - lo) / Math.max(Math.abs(lo), Math.abs(hi), 2 ** -149);
}
