import type { Enclosure } from "../arithmetic/enclosure.js";
import { attribute, type OwnNumber } from "../judge/attribution.js";
import { codeOf, type Tolerance } from "../judge/classify.js";
import type { Quantity } from "../judge/finding.js";
import type { Comparison } from "./report.js";

/**
 * Names the verdict after what the implementation gives when it is run exactly,
 * as a sweep does, and says in words where it is another function than the loss,
 * or where autodiff's gradient is not the derivative.
 */
export function nameAfterOwn(
  comparison: Comparison,
  quantity: Quantity,
  loss: Enclosure,
  own: OwnNumber,
  tolerance: Tolerance,
): void {
  const { verdict, severity } = comparison;
  if (verdict === "ok" || severity === undefined) return;
  const found = attribute(codeOf(verdict, severity), quantity, loss, own, tolerance);
  comparison.verdict = found.kind;
  if (found.own === undefined) return;
  comparison.note =
    found.derivative === undefined
      ? `Run exactly, this implementation gives ${short(found.own)}: its formula is another function than the loss.`
      : `The gradient that autodiff writes is ${short(found.own)} when it is run exactly; the derivative of the value is ${short(found.derivative)}.`;
}

function short(x: number): string {
  return Number.isFinite(x) ? String(Number(x.toPrecision(9))) : String(x);
}
