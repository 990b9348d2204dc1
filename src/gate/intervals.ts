import { fromBits, ordinal } from "../inputs/float32.js";
import type { Float } from "../judge/finding.js";

/** Neighbouring float32 numbers as ordinals, both ends included. */
export type Interval = readonly [low: number, high: number];

/** The floats from one to another. Both zeros are one number. */
export function intervalOf(from: Float, to: Float): Interval {
  return [ordinal(fromBits(from.bits)), ordinal(fromBits(to.bits))];
}

export function intersects([a, b]: Interval, [c, d]: Interval): boolean {
  return a <= d && c <= b;
}

/** Whether every float of an interval is in one of the others; those of neighbouring floats are as one. */
export function isCovered([low, high]: Interval, by: readonly Interval[]): boolean {
  let next = low;
  for (const [from, to] of [...by].sort((a, b) => a[0] - b[0])) {
    if (from > next) break;
    next = Math.max(next, to + 1);
  }
  return next > high;
}
