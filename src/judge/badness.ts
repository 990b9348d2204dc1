import { relativeError } from "./classify.js";

/**
 * Of numbers with one verdict the one of the largest badness is the worst: the
 * one furthest from exact. Every 0 is off by 100 %, so there the larger exact
 * number counts; of NaN and Infinity the one at the logit nearest to 0 tells most.
 */
export function badnessOf(computed: number, exact: number, logit: number): number {
  const badness = computed === 0 ? Math.abs(exact) : relativeError(computed, exact);
  return badness < Infinity ? badness : -Math.abs(logit);
}
