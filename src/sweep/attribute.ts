import { type Enclosure, relativeWidth } from "../arithmetic/enclosure.js";
import { classify, OK, type Tolerance, verdicts } from "../judge/classify.js";
import type { Kind, Quantity, Severity } from "../judge/finding.js";
import { exactNumber } from "../judge/number.js";
import type { ExactPoint } from "../oracle/exact-function.js";
import type { OwnRuns } from "./own-runs.js";

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
  own: OwnRuns,
  tolerance: Tolerance,
): Attribution {
  const verdict = verdicts[code - 1];
  if (!["inaccurate", "underflow", "dead-gradient", "wrong-sign"].includes(verdict.kind)) return verdict;
  const of = (point: ExactPoint) => (quantity === "value" ? point.value : point.gradient[component]);
  const expected = of(loss);
  if (!isNarrow(expected)) return verdict;
  for (const run of own.runs(quantity)) {
    const result = of(run);
    if (result.defined === "no") return verdict;
    if (!isNarrow(result)) continue;
    if (agrees(result, expected, quantity, tolerance)) return verdict;
    return { ...verdict, kind: kindOf(result), own: exactNumber(result) };
  }
  return verdict;

  function kindOf(result: Enclosure): Kind {
    if (quantity === "gradient") {
      const derivative = own.derivative(component);
      const isDerivative =
        derivative?.defined !== "yes" ||
        (derivative.lo <= result.hi && result.lo <= derivative.hi) ||
        agrees(result, derivative, quantity, tolerance);
      if (!isDerivative) return "formula";
    }
    return verdict.kind === "dead-gradient" || verdict.kind === "wrong-sign" ? verdict.kind : "semantic";
  }
}

/** Narrow enough for a tolerance to tell. */
function isNarrow(enclosure: Enclosure): boolean {
  return relativeWidth(enclosure) <= 2 ** -30;
}

function agrees(a: Enclosure, b: Enclosure, quantity: Quantity, tolerance: Tolerance): boolean {
  return classify(exactNumber(a), exactNumber(b), quantity, tolerance) === OK;
}
