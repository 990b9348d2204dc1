import { type Enclosure, relativeWidth } from "../arithmetic/enclosure.js";
import { toFloat } from "../inputs/float32.js";
import {
  classifyEnclosure,
  classifyLimit,
  OK,
  type Tolerance,
  type Verdict,
  verdicts,
} from "../judge/classify.js";
import type { JsonNumber, Quantity } from "../judge/finding.js";
import { exactFloat, exactNumber, jsonNumber, ulpsBetween } from "../judge/number.js";
import { sweepDefaults } from "../sweep/defaults.js";
import type { Comparison } from "./report.js";

/** What `audit sweep` counts as accurate enough unless it is told otherwise. */
export const TOLERANCE: Tolerance = { rtol: sweepDefaults.rtol, atol: sweepDefaults.atol };

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

const UNRESOLVED = "The exact number is not resolved: if it exists, it lies in the enclosure.";

function unresolved(computed: number, exact: Enclosure, verdict: Verdict | undefined): Comparison {
  return {
    computed: toFloat(computed),
    exact: toFloat(Number.NaN),
    enclosure: ends(exact),
    ulps: "NaN",
    verdict: verdict?.kind ?? "unresolved",
    severity: verdict?.severity ?? "note",
    note: UNRESOLVED,
  };
}

/** Compares what the target gave with the exact number, or with the limit that an enclosure stands for. */
export function compare(
  computed: number,
  exact: Enclosure,
  quantity: Quantity,
  isLimit: boolean,
): Comparison {
  const code = (isLimit ? classifyLimit : classifyEnclosure)(computed, exact, quantity, TOLERANCE);
  const verdict = code === OK ? undefined : verdicts[code - 1];
  if (exact.defined === "unknown" && !isLimit) return unresolved(computed, exact, verdict);
  const inside = isLimit && exact.defined === "yes" && exact.lo <= computed && computed <= exact.hi;
  return {
    computed: toFloat(computed),
    exact: inside ? toFloat(computed) : exactFloat(exact),
    enclosure: ends(exact),
    ulps: jsonNumber(inside ? 0 : ulpsBetween(computed, exactNumber(exact))),
    verdict: verdict?.kind ?? "ok",
    ...(verdict && { severity: verdict.severity }),
  };
}
