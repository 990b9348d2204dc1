import type { Subject } from "../audit/subject.js";
import { explainPoint } from "../explain/explain-point.js";
import type { Reason } from "../explain/report.js";
import type { Finding } from "../judge/finding.js";
import type { SweepContext } from "./context.js";
import type { Point } from "./point-judge.js";

/** Points of more logits than this, which are whole maps, are not kept. */
const SMALL = 64;

/**
 * Why the worst point of a finding fails: the first kernel that goes wrong, its
 * source line and the cure. Notes are negligible and have no reason; nor has
 * what throws, which says it itself.
 */
export async function reasonOf(
  { loss, target, options, precisions, explained }: SweepContext,
  subject: Subject,
  references: readonly Subject[],
  { logits, labels }: Point,
  component: number,
  { kind, severity, quantity }: Pick<Finding, "kind" | "severity" | "quantity">,
): Promise<Partial<Reason>> {
  if (severity === "note" || kind === "throws") return {};
  // Value and gradient often fail at the same point, which is then taken apart once.
  const key = logits.length <= SMALL ? [subject.name, subject.shape, logits, labels, component].join() : "";
  const point =
    explained.get(key) ??
    (await explainPoint(
      { loss: loss.name, subject, references: references.map((reference) => reference.exact) },
      { shape: subject.shape, logits, labels, at: component },
      target,
      precisions,
      options,
    ));
  if (logits.length <= SMALL) explained.set(key, point);
  return point.reasons.find((reason) => reason.quantity === quantity) ?? {};
}
