import { classifyEnclosure, OK, type Tolerance, verdicts } from "../judge/classify.js";
import type { Kind, Quantity, Severity } from "../judge/finding.js";
import { exactNumber } from "../judge/number.js";
import type { ExactFunction, ExactPoint } from "../oracle/exact-function.js";
import { PRECISIONS, type Precisions } from "../oracle/oracle.js";
import type { Point } from "./point-judge.js";

/** What a failing point shows once the implementation itself is run exactly. */
export interface Attribution {
  kind: Kind;
  severity: Severity;
  /** The implementation's own exact result where that is not the exact loss. */
  own?: number;
}

/**
 * Tells an implementation that computes its function badly from one that
 * computes another function well. The exact loss is what every implementation
 * is held against; where this implementation's own exact result differs from
 * it, the finding is `formula` (autodiff's gradient is not the derivative of
 * the implementation's own value) or `semantic` (it is another function).
 *
 * A dead gradient and one of the wrong sign of another function keep their
 * kind: that is what they do to training.
 */
export function attribute(
  code: number,
  quantity: Quantity,
  component: number,
  loss: ExactPoint,
  own: ExactFunction,
  precisions: Precisions,
  { logits, labels }: Point,
  tolerance: Tolerance,
): Attribution {
  const verdict = verdicts[code - 1];
  const attributable = ["inaccurate", "underflow", "dead-gradient", "wrong-sign"].includes(verdict.kind);
  if (!attributable || !logits.every(Number.isFinite)) return verdict;
  const of = (point: ExactPoint) => (quantity === "value" ? point.value : point.gradient[component]);
  const expected = exactNumber(of(loss));
  for (const bits of PRECISIONS) {
    const arithmetic = precisions.at(bits);
    const run =
      quantity === "value" ? own.exact(arithmetic, logits, labels) : own.autodiff(arithmetic, logits, labels);
    if (run === undefined || of(run).defined === "no") return verdict;
    const result = of(run);
    if (!isNarrow(result)) continue;
    if (differs(exactNumber(result), expected, quantity, tolerance) === OK) return verdict;
    return { ...verdict, kind: kindOf(run), own: exactNumber(result) };
  }
  return verdict;

  function kindOf(run: ExactPoint): Kind {
    if (quantity === "gradient") {
      const derivative = of(own.exact(precisions.at(PRECISIONS[1]), logits, labels));
      const isDerivative =
        derivative.defined !== "yes" ||
        classifyEnclosure(exactNumber(of(run)), derivative, quantity, tolerance) === OK ||
        differs(exactNumber(of(run)), exactNumber(derivative), quantity, tolerance) === OK;
      if (!isDerivative) return "formula";
    }
    return verdict.kind === "dead-gradient" || verdict.kind === "wrong-sign" ? verdict.kind : "semantic";
  }
}

function isNarrow({ lo, hi, defined }: { lo: number; hi: number; defined: string }): boolean {
  return defined === "yes" && hi - lo <= 2 ** -30 * Math.max(Math.abs(lo), Math.abs(hi), 2 ** -149);
}

function differs(a: number, b: number, quantity: Quantity, tolerance: Tolerance): number {
  return classifyEnclosure(a, { lo: b, hi: b, defined: "yes" }, quantity, tolerance);
}
