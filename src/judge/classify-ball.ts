import {
  classify,
  NAN,
  NEGLIGIBLE,
  OVERFLOW,
  OVERFLOWS,
  SMALLEST_NORMAL,
  type Tolerance,
  UNRESOLVED,
} from "./classify.js";
import type { Quantity } from "./finding.js";

/**
 * The verdict that holds for every exact number within `reach` of `mid`, when
 * no threshold of `classify` is that near: then the middle decides for all.
 * UNRESOLVED when one is, which says nothing yet. Half the work of
 * `classifyBetween`, and no work for NaN and ±Infinity.
 *
 * The thresholds: the allowed error, which moves by rtol·reach <= reach with
 * the exact number; a negligible error; and an exact number that is 0,
 * negligible, or rounds to Infinity.
 */
export function classifyBall(
  computed: number,
  mid: number,
  reach: number,
  quantity: Quantity,
  tolerance: Tolerance,
): number {
  if (Number.isNaN(computed)) return NAN;
  const magnitude = Math.abs(mid);
  if (Math.abs(computed) === Infinity) return magnitude + reach < OVERFLOWS ? OVERFLOW : UNRESOLVED;
  const error = Math.abs(computed - mid);
  const allowed = tolerance.atol + tolerance.rtol * Math.max(magnitude, SMALLEST_NORMAL);
  const isDecided =
    Math.abs(error - allowed) > 2 * reach &&
    Math.abs(error - NEGLIGIBLE) > reach &&
    Math.abs(magnitude - NEGLIGIBLE) > reach &&
    magnitude > reach;
  return isDecided ? classify(computed, mid, quantity, tolerance) : UNRESOLVED;
}
