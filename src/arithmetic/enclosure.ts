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
