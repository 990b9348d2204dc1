import { type Enclosure, relativeWidth } from "../arithmetic/enclosure.js";
import { toFloat } from "../inputs/float32.js";
import { classifyEnclosure, classifyLimit, OK, type Tolerance, verdicts } from "../judge/classify.js";
import type { JsonNumber, Quantity } from "../judge/finding.js";
import { exactNumber, jsonNumber, ulpsBetween } from "../judge/number.js";
import type { Comparison } from "./report.js";

/**
 * Whether an enclosure says all that there is to say: it surely has no number,
 * or it lies in one float32's rounding interval and is narrower than 2^-50
 * relative (or than float64 can tell, next to 0).
 */
export function isSettled(enclosure: Enclosure): boolean {
  const { lo, hi, defined } = enclosure;
  if (defined === "no") return true;
  if (relativeWidth(enclosure) === Infinity || Math.fround(lo) !== Math.fround(hi)) return false;
  return lo === hi || hi - lo <= Math.max(2 ** -50 * Math.max(Math.abs(lo), Math.abs(hi)), 2 ** -1073);
}

export function ends({ lo, hi }: Enclosure): [JsonNumber, JsonNumber] {
  return [jsonNumber(lo), jsonNumber(hi)];
}

/** Whether an enclosure tells the nine digits of its number, or that there is none. */
export function isKnown(enclosure: Enclosure): boolean {
  return enclosure.defined === "no" || relativeWidth(enclosure) <= 2 ** -30;
}

const UNRESOLVED = "The exact number is not resolved: if it exists, it lies in the enclosure.";

/**
 * Compares what the target gave with the exact number, or with a set of numbers
 * of which each is right: those between the slopes of a kink, or those among
 * which a limit lies.
 */
export function compare(
  computed: number,
  exact: Enclosure,
  quantity: Quantity,
  isSet: boolean,
  tolerance: Tolerance,
): Comparison {
  const code = (isSet ? classifyLimit : classifyEnclosure)(computed, exact, quantity, tolerance);
  const verdict = code === OK ? undefined : verdicts[code - 1];
  const number = isSet ? nearestOf(computed, exact) : isKnown(exact) ? exactNumber(exact) : undefined;
  const isOpen = number === undefined && (exact.defined === "unknown" || verdict?.kind === "unresolved");
  return {
    computed: toFloat(computed),
    exact: toFloat(number ?? Number.NaN),
    enclosure: ends(exact),
    ulps: jsonNumber(number === undefined ? ulpsFromAny(computed, exact) : ulpsBetween(computed, number)),
    verdict: verdict?.kind ?? "ok",
    ...(verdict && { severity: verdict.severity }),
    ...(isOpen && { note: UNRESOLVED }),
  };
}

/** The number of a set that is nearest to the computed one; undefined where the set has an end that is not known. */
function nearestOf(computed: number, set: Enclosure): number | undefined {
  if (set.defined === "yes" && set.lo <= computed && computed <= set.hi) return computed;
  if (isKnown(set)) return exactNumber(set);
  if (set.defined !== "yes" || !Number.isFinite(set.lo) || !Number.isFinite(set.hi)) return undefined;
  return computed > set.hi ? set.hi : set.lo;
}

/** The ulps that hold for every number of an enclosure: those are finite. */
function ulpsFromAny(computed: number, { defined }: Enclosure): number {
  return defined === "yes" && Math.abs(computed) === Infinity ? Infinity : Number.NaN;
}
