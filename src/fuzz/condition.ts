import { inShape } from "../audit/prepare.js";
import { exactLoss } from "../explain/exact-loss.js";
import { fromOrdinal, ordinal } from "../inputs/float32.js";
import type { NumberKind } from "../judge/finding.js";
import { exactNumber } from "../judge/number.js";
import type { ExactPoint } from "../oracle/exact-function.js";
import type { Case } from "./case.js";
import type { FuzzContext } from "./context.js";
import type { Failure } from "./judge-cases.js";

/** What a rounding in the first operations of a formula moves a logit by, in ulps. */
const ULPS = 4;
/** Of larger inputs the work would be too much. */
const LARGEST = 16;
/** What rounding can bring about; NaN, Infinity and what throws it can't excuse. */
const BY_ROUNDING: readonly NumberKind[] = ["inaccurate", "underflow", "dead-gradient", "wrong-sign"];

/**
 * Whether a computed number is as near to the exact one as any float32 code can promise: within what the exact number
 * moves by when the logits move by a few ulps. Such a number is nearly the right answer to nearly the right question
 * [Higham 2002, Accuracy and Stability of Numerical Algorithms, section 1.5]. So it is at a minimum: there a gradient
 * is the difference of terms of order 1, and no formula gets the digits of what is left.
 */
export function isIllConditioned(
  { loss, precisions }: Pick<FuzzContext, "loss" | "precisions">,
  { shape, logits, labels }: Case,
  { quantity, component, computed, exact, sample }: Failure,
  kind: NumberKind,
): boolean {
  if (!BY_ROUNDING.includes(kind) || logits.length > LARGEST) return false;
  const references = loss.references.map((reference) => inShape(reference, shape).exact);
  const numberOf = ({ value, gradient }: ExactPoint, at: number) =>
    exactNumber(quantity === "value" ? value : gradient[at]);
  const right = numberOf(exact, component);
  const left = Math.abs(computed - right);
  let reach = 0;
  for (let i = 0; i < logits.length && reach < left; i++) {
    const moves = [-ULPS, ULPS].map((ulps) => {
      const moved = logits.slice();
      moved[i] = fromOrdinal(ordinal(logits[i]) + ulps);
      return Math.abs(
        numberOf(exactLoss(references, precisions, moved, labels, [component], sample), 0) - right,
      );
    });
    reach += Math.max(...moves);
  }
  return reach >= left;
}
