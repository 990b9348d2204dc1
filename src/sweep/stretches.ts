import {
  NAN,
  NEGLIGIBLE,
  OVERFLOW,
  SMALLEST_NORMAL,
  type Tolerance,
  UNDERFLOW_NOTE,
} from "../judge/classify.js";

/** Computed numbers beside the balls of what is exact. */
export interface Numbers {
  computed: Float32Array;
  mid: Float64Array;
  rad: Float64Array;
}

/** Neighbouring numbers of one code. The larger its badness, the worse a number is among those of its code. */
export interface Run {
  code: number;
  first: number;
  last: number;
  worst: number;
  badness: number;
}

/** The largest relative error so far, and the index of its number; -1 for one that was seen before. */
export interface Most {
  relative: number;
  at: number;
}

/**
 * The first index from `from` on at which a number is not surely right; `to`
 * when there is none. Notes the largest error on the way; when not `alone`, the
 * caller has to look at other numbers of the point for that, and it stops there.
 * Nearly all of a sweep's time goes by here, so it is a loop without a call.
 */
export function firstSuspect(
  { computed, mid, rad }: Numbers,
  from: number,
  to: number,
  { rtol, atol }: Tolerance,
  most: Most,
  alone: boolean,
): number {
  let { relative, at: mostAt } = most;
  let at = from;
  for (; at < to; at++) {
    const exact = mid[at];
    const error = Math.abs(computed[at] - exact);
    const scale = Math.max(Math.abs(exact), SMALLEST_NORMAL);
    // Twice the radius: for the distance from the middle, and for the smaller tolerance at the near end.
    // Less, not equal: a ball that states nothing has Infinity on both sides.
    if (!(error + 2 * rad[at] < atol + rtol * scale)) break;
    if (error > relative * scale) {
      if (!alone) break;
      relative = error / scale;
      mostAt = at;
    }
  }
  most.relative = relative;
  most.at = mostAt;
  return at;
}

/**
 * Carries a run on over numbers that are wrong in the same way, and returns the
 * first index behind it. Only for what comes in long stretches and takes no call
 * to tell: NaN, Infinity, and 0 for something negligible.
 */
export function carryOn(
  run: Run,
  numbers: Numbers,
  logits: Float32Array,
  to: number,
  tolerance: Tolerance,
): number {
  const { computed } = numbers;
  const from = run.last + 1;
  let at = from;
  if (run.code === UNDERFLOW_NOTE) return carryZeros(run, numbers, to, tolerance);
  if (run.code === NAN) while (at < to && Number.isNaN(computed[at])) at++;
  else if (run.code === OVERFLOW) {
    while (at < to && Math.abs(computed[at]) === Infinity && Math.abs(logits[at]) < Infinity) at++;
  }
  let { worst, badness } = run;
  for (let i = from; i < at; i++) {
    if (-Math.abs(logits[i]) > badness) {
      badness = -Math.abs(logits[i]);
      worst = i;
    }
  }
  run.last = at - 1;
  run.worst = worst;
  run.badness = badness;
  return at;
}

function carryZeros(
  run: Run,
  { computed, mid, rad }: Numbers,
  to: number,
  { rtol, atol }: Tolerance,
): number {
  let { worst, badness } = run;
  let at = run.last + 1;
  for (; at < to; at++) {
    if (computed[at] !== 0) break;
    const error = Math.abs(mid[at]);
    const scale = Math.max(error, SMALLEST_NORMAL);
    const reach = rad[at] + error * 2 ** -50;
    if (!(error + reach < NEGLIGIBLE && error - 4 * reach > atol + rtol * scale)) break;
    if (error > badness) {
      badness = error;
      worst = at;
    }
  }
  run.last = at - 1;
  run.worst = worst;
  run.badness = badness;
  return at;
}
