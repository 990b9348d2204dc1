import type { Enclosure } from "../arithmetic/enclosure.js";
import type { NumberKind, Quantity, Severity } from "./finding.js";

/** What counts as accurate enough. */
export interface Tolerance {
  rtol: number;
  atol: number;
}

/**
 * What is below this in magnitude is negligible next to a loss of order 1:
 * 2^-23, the spacing of float32 at 1.
 */
export const NEGLIGIBLE = 2 ** -23;

/** The smallest normal float32. Relative errors below it are taken relative to it: its ulp is the last there is. */
export const SMALLEST_NORMAL = 2 ** -126;

/** What a code says. */
export interface Verdict {
  kind: NumberKind;
  severity: Severity;
}

export const OK = 0;
/**
 * The verdicts on a computed number, from mild to severe. A code is an index in
 * this list plus 1: small integers, so that a sweep of millions of points
 * allocates nothing, and of two codes the larger is the worse.
 */
export const verdicts: readonly Verdict[] = [
  { kind: "unresolved", severity: "note" },
  { kind: "inaccurate", severity: "note" },
  { kind: "underflow", severity: "note" },
  { kind: "inaccurate", severity: "warning" },
  { kind: "underflow", severity: "warning" },
  { kind: "wrong-sign", severity: "warning" },
  { kind: "dead-gradient", severity: "error" },
  { kind: "wrong-sign", severity: "error" },
  { kind: "overflow", severity: "error" },
  { kind: "nan", severity: "error" },
  { kind: "throws", severity: "error" },
];

/** The code of a kind and severity; throws when there is no such pair. */
export function codeOf(kind: NumberKind, severity: Severity): number {
  const index = verdicts.findIndex((v) => v.kind === kind && v.severity === severity);
  if (index < 0) throw new Error(`There is no ${kind} of severity ${severity}.`);
  return index + 1;
}

export const INACCURATE_NOTE = codeOf("inaccurate", "note");
export const UNDERFLOW_NOTE = codeOf("underflow", "note");
const INACCURATE = codeOf("inaccurate", "warning");
const UNDERFLOW = codeOf("underflow", "warning");
const WRONG_SIGN_VALUE = codeOf("wrong-sign", "warning");
const DEAD_GRADIENT = codeOf("dead-gradient", "error");
const WRONG_SIGN = codeOf("wrong-sign", "error");
export const OVERFLOW = codeOf("overflow", "error");
export const NAN = codeOf("nan", "error");
export const THROWS = codeOf("throws", "error");
/** The exact answer stayed too wide, or was too wide so far. */
export const UNRESOLVED = codeOf("unresolved", "note");

/** |computed - exact| relative to the exact value, or to the smallest normal float32 where that is larger. */
export function relativeError(computed: number, exact: number): number {
  if (computed === exact) return 0;
  return Math.abs(computed - exact) / Math.max(Math.abs(exact), SMALLEST_NORMAL);
}

/**
 * What is wrong with a computed float32, given the exact number.
 *
 * - NaN is `nan` whatever the exact answer: no training survives it.
 * - ±Infinity is `overflow`, even where the exact number is beyond float32: nothing is learned from it.
 * - Within atol + rtol·max(|exact|, 2^-126) all is well; a finite number never is where the exact answer is infinite.
 * - 0 for something else: `underflow`; `dead-gradient` where the true gradient is not negligible.
 * - the other sign: `wrong-sign`; all else: `inaccurate`.
 * Where what is lost, |computed - exact|, is at most 2^-23, the finding is a note.
 */
export function classify(
  computed: number,
  exact: number,
  quantity: Quantity,
  { rtol, atol }: Tolerance,
): number {
  if (Number.isNaN(computed)) return NAN;
  if (Math.abs(computed) === Infinity) return OVERFLOW;
  const error = Math.abs(computed - exact);
  // An infinite tolerance, relative to an infinite exact answer, would accept every number.
  if (error < Infinity && error <= atol + rtol * Math.max(Math.abs(exact), SMALLEST_NORMAL)) return OK;
  const negligible = error <= NEGLIGIBLE;
  if (computed === 0) {
    if (negligible) return UNDERFLOW_NOTE;
    return quantity === "gradient" ? DEAD_GRADIENT : UNDERFLOW;
  }
  if (!negligible && exact !== 0 && computed > 0 !== exact > 0 && Math.abs(exact) > NEGLIGIBLE) {
    return quantity === "gradient" ? WRONG_SIGN : WRONG_SIGN_VALUE;
  }
  return negligible ? INACCURATE_NOTE : INACCURATE;
}

/**
 * The verdict that holds for every exact number in [lo, hi], or UNRESOLVED when
 * the interval is too wide to give one. The error is monotone in the exact
 * number on either side of the computed one and of 0, so the ends and these two
 * decide.
 */
export function classifyBetween(
  computed: number,
  lo: number,
  hi: number,
  quantity: Quantity,
  tolerance: Tolerance,
): number {
  // A missing bound: the numbers up to it are finite, and beyond the largest float64 all have one verdict.
  const low = lo === -Infinity && hi !== lo ? -Number.MAX_VALUE : lo;
  const high = hi === Infinity && hi !== lo ? Number.MAX_VALUE : hi;
  const verdict = classify(computed, low, quantity, tolerance);
  if (hi === lo || verdict === NAN) return verdict;
  if (classify(computed, high, quantity, tolerance) !== verdict) return UNRESOLVED;
  if (lo < 0 && hi > 0 && classify(computed, 0, quantity, tolerance) !== verdict) return UNRESOLVED;
  if (lo < computed && computed < hi && verdict !== OK) return UNRESOLVED;
  return verdict;
}

/**
 * The verdict for an enclosure of the oracle. A formula that is undefined at the
 * input has no exact answer: NaN and ±Infinity are findings all the same, and a
 * finite number can't be judged.
 */
export function classifyEnclosure(
  computed: number,
  exact: Enclosure,
  quantity: Quantity,
  tolerance: Tolerance,
): number {
  if (Number.isNaN(computed)) return NAN;
  if (exact.defined === "yes") return classifyBetween(computed, exact.lo, exact.hi, quantity, tolerance);
  return Math.abs(computed) === Infinity ? OVERFLOW : UNRESOLVED;
}

/**
 * The verdict at a logit of ±Infinity, where the enclosure is that of the
 * answers for all larger logits: their limit lies in it, and so must the
 * computed number.
 */
export function classifyLimit(
  computed: number,
  exact: Enclosure,
  quantity: Quantity,
  tolerance: Tolerance,
): number {
  if (Number.isNaN(computed)) return NAN;
  if (exact.defined !== "yes") return UNRESOLVED;
  if (exact.lo <= computed && computed <= exact.hi) return OK;
  return classify(computed, computed > exact.hi ? exact.hi : exact.lo, quantity, tolerance);
}
