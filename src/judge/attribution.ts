import { type Enclosure, relativeWidth } from "../arithmetic/enclosure.js";
import { classify, OK, type Tolerance, type Verdict, verdicts } from "./classify.js";
import type { NumberKind, Quantity } from "./finding.js";
import { exactNumber, ulpsBetween } from "./number.js";

/** What a failing number shows once the implementation itself is run exactly. */
export interface Attribution extends Verdict {
  /** The implementation's own exact result where that is another number than the exact loss. */
  own?: number;
  /** The true derivative of the implementation's own value where autodiff's gradient is another number. */
  derivative?: number;
}

/** One number of an implementation that is run exactly, by itself. */
export interface OwnNumber {
  /** Its enclosures, narrower from one to the next: of the value, or of the gradient that autodiff writes. */
  results: Iterable<Enclosure>;
  /** The true derivative of the implementation's own value; undefined for a value, and where that costs too much. */
  derivative(): Enclosure | undefined;
}

/** What rounding and another function both look like. NaN, Infinity and what throws are told by what they are. */
const AMBIGUOUS: readonly NumberKind[] = ["inaccurate", "underflow", "dead-gradient", "wrong-sign"];

/**
 * Tells an implementation that computes its function badly from one that
 * computes another function well: would the number fail as well if every kernel
 * were exact? The tolerance is therefore that of the verdict. Where the
 * implementation's own exact result is off by more, the finding is `formula`
 * (autodiff's gradient is not the derivative of the implementation's own value)
 * or `semantic` (it is another function).
 *
 * A dead gradient and one of the wrong sign of another function keep their
 * kind: that is what they do to training.
 */
export function attribute(
  code: number,
  quantity: Quantity,
  loss: Enclosure,
  own: OwnNumber,
  tolerance: Tolerance,
): Attribution {
  const verdict = verdicts[code - 1];
  if (!AMBIGUOUS.includes(verdict.kind) || loss.defined !== "yes") return verdict;
  for (const result of own.results) {
    if (result.defined === "no") return verdict;
    if (!(relativeWidth(result) <= 2 ** -30)) continue;
    if (!isAnother(result, loss, quantity, tolerance)) return verdict;
    const derivative = own.derivative();
    if (derivative && isAnother(result, derivative, quantity, tolerance)) {
      return {
        ...verdict,
        kind: "formula",
        own: exactNumber(result),
        derivative: exactNumber(derivative),
      };
    }
    const isKept = verdict.kind === "dead-gradient" || verdict.kind === "wrong-sign";
    return { ...verdict, kind: isKept ? verdict.kind : "semantic", own: exactNumber(result) };
  }
  return verdict;
}

/** The constants of a formula are rounded to float32: fewer ulps than these don't make another function. */
const CONSTANTS = 4;

/**
 * Whether an exact number surely differs from another one, or from all those of
 * a kink or limit, by more than a computed number may: the nearest ends of their
 * enclosures do.
 */
export function isAnother(a: Enclosure, b: Enclosure, quantity: Quantity, tolerance: Tolerance): boolean {
  if (a.defined !== "yes" || b.defined !== "yes" || (a.lo <= b.hi && b.lo <= a.hi)) return false;
  const [given, expected] = a.lo > b.hi ? [a.lo, b.hi] : [a.hi, b.lo];
  return ulpsBetween(given, expected) > CONSTANTS && classify(given, expected, quantity, tolerance) !== OK;
}
