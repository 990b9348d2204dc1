import {
  INACCURATE_NOTE,
  NAN,
  NEGLIGIBLE,
  OK,
  OVERFLOW,
  SMALLEST_NORMAL,
  UNDERFLOW_NOTE,
  UNRESOLVED,
} from "./classify.js";

/**
 * The verdict of `classify` for every exact number within `reach` of `mid`, in
 * the cases that fill whole stretches of a sweep: NaN, ±Infinity, and digits
 * lost of something negligible. UNRESOLVED in all others, and where a threshold
 * lies within reach: the allowed error, which moves by rtol·reach <= reach with
 * the exact number, and the negligible one.
 */
export function classifyBall(
  computed: number,
  mid: number,
  reach: number,
  rtol: number,
  atol: number,
): number {
  if (Number.isNaN(computed)) return NAN;
  const magnitude = Math.abs(mid);
  const error = Math.abs(computed - mid);
  if (Math.abs(computed) === Infinity) return OVERFLOW;
  const allowed = atol + rtol * Math.max(magnitude, SMALLEST_NORMAL);
  if (error + 2 * reach < allowed) return OK;
  if (error - 2 * reach <= allowed || error + reach >= NEGLIGIBLE) return UNRESOLVED;
  return computed === 0 ? UNDERFLOW_NOTE : INACCURATE_NOTE;
}
