import { type Enclosure, relativeWidth } from "../arithmetic/enclosure.js";
import { classifyEnclosure, OK } from "../judge/classify.js";
import type { Quantity } from "../judge/finding.js";
import { exactNumber, ulpsBetween } from "../judge/number.js";
import { TOLERANCE } from "./comparison.js";
import type { Comparison } from "./report.js";

/** More ulps than this between two exact numbers are not the rounding of a constant of the formula. */
const OTHER = 4;

/**
 * Says in words where the implementation is another function than the loss, or
 * where autodiff's gradient is not the derivative, and names the verdict after
 * it. `own` is what the implementation's program gives when it is run exactly,
 * `derivative` what it should give as a gradient.
 */
export function attribute(
  comparison: Comparison,
  quantity: Quantity,
  loss: Enclosure,
  own: Enclosure,
  derivative: Enclosure = own,
): void {
  if (!isAnother(own, loss)) return;
  const given = exactNumber(own);
  const isHeld = derivative.lo <= given && given <= derivative.hi;
  const isDerivative = isHeld || !isAnother(own, derivative);
  comparison.note = isDerivative
    ? `Run exactly, this implementation gives ${short(given)}: its formula is another function than the loss.`
    : `The gradient that autodiff writes is ${short(given)} when it is run exactly; the derivative of the value is ${short(exactNumber(derivative))}.`;
  const changes = ["inaccurate", "underflow", ...(isDerivative ? [] : ["dead-gradient", "wrong-sign"])];
  if (!changes.includes(comparison.verdict)) return;
  if (classifyEnclosure(given, loss, quantity, TOLERANCE) === OK) return;
  comparison.verdict = isDerivative ? "semantic" : "formula";
}

function short(x: number): string {
  return Number.isFinite(x) ? String(Number(x.toPrecision(9))) : String(x);
}

/** Whether two exact numbers surely differ by more than the rounding of a constant. */
export function isAnother(a: Enclosure, b: Enclosure): boolean {
  const areResolved = relativeWidth(a) <= 2 ** -30 && relativeWidth(b) <= 2 ** -30;
  return areResolved && ulpsBetween(exactNumber(a), exactNumber(b)) > OTHER;
}
