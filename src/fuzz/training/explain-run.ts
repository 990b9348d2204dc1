import { inShape } from "../../audit/prepare.js";
import type { Subject } from "../../audit/subject.js";
import { explainPoint } from "../../explain/explain-point.js";
import type { Quantity } from "../../judge/finding.js";
import type { Case } from "../case.js";
import type { TrainingContext, TrainingFinding } from "./context.js";

export type Explanation = Pick<
  TrainingFinding,
  "computed" | "exact" | "ulps" | "kernel" | "line" | "reason" | "cure"
>;

/** Why what is computed at one of the numbers of a batch is not what it should be. */
export async function explainAt(
  { shape, logits, labels }: Case,
  at: number,
  quantity: Quantity,
  subject: Subject,
  {
    loss,
    target,
    precisions,
    tolerance,
  }: Pick<TrainingContext, "loss" | "target" | "precisions" | "tolerance">,
): Promise<Explanation> {
  const point = await explainPoint(
    {
      loss: loss.name,
      subject: inShape(subject, shape),
      references: loss.references.map((reference) => inShape(reference, shape).exact),
    },
    { shape, logits, labels, at },
    target,
    precisions,
    tolerance,
  );
  const { computed, exact, ulps } = point[quantity];
  const found = point.reasons.find((reason) => reason.quantity === quantity);
  return {
    computed,
    exact,
    ulps,
    ...(found && found.kernel !== "none" && { kernel: found.kernel }),
    ...(found?.line && { line: found.line }),
    ...(found && { reason: found.reason }),
    ...(found?.cure !== undefined && { cure: found.cure }),
  };
}
