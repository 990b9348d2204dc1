import { inShape } from "../audit/prepare.js";
import type { Subject } from "../audit/subject.js";
import { whyAndWhere } from "../audit/why-and-where.js";
import { explainPoint } from "../explain/explain-point.js";
import type { Reason } from "../explain/report.js";
import { toFloat } from "../inputs/float32.js";
import { unravel } from "../inputs/row-major.js";
import type { Attribution } from "../judge/attribution.js";
import { attribute } from "../sweep/attribute.js";
import { heldAgainst, numbersOf } from "../sweep/judge-number.js";
import { messageOf } from "../sweep/message.js";
import { ownRuns } from "../sweep/own-runs.js";
import type { Case } from "./case.js";
import type { FuzzContext } from "./context.js";
import { exampleOf } from "./corpus/example.js";
import type { Failure } from "./judge-cases.js";
import { replayOfCase } from "./replay-command.js";
import type { FuzzFinding } from "./report.js";

/** Why a number of an input is not right. */
export type Cause = Attribution & Partial<Omit<Reason, "id">>;

/** What a failing number is called, once the implementation is run exactly. */
export function nameOf(
  { options, precisions }: FuzzContext,
  subject: Subject,
  input: Case,
  { code, quantity, component, exact, sample }: Failure,
): Attribution {
  const own = ownRuns(inShape(subject, input.shape).exact, precisions, input, sample);
  return attribute(code, quantity, component, exact, own, options);
}

/** The first kernel that goes wrong. Notes have none: they are negligible; nor has what throws, which says it itself. */
export async function causeOf(
  { loss, target, options, precisions }: FuzzContext,
  subject: Subject,
  input: Case,
  { quantity, component }: Pick<Failure, "quantity" | "component">,
  named: Attribution,
): Promise<Cause> {
  if (named.severity === "note" || named.kind === "throws") return named;
  const point = await explainPoint(
    {
      loss: loss.name,
      subject: inShape(subject, input.shape),
      references: loss.references.map((reference) => inShape(reference, input.shape).exact),
    },
    { ...input, at: component },
    target,
    precisions,
    options,
  );
  const { quantity: _, id, ...why } = point.reasons.find((one) => one.quantity === quantity) ?? {};
  return { ...named, ...why };
}

/** The finding of an input that is as small as it gets. Its region is that of one logit, between `from` and `to`. */
export function findingOf(
  { loss, target, options }: FuzzContext,
  subject: Subject,
  input: Case,
  failure: Failure,
  cause: Cause,
  { from, to }: { from: number; to: number },
): Omit<FuzzFinding, "id" | "runs"> {
  const { quantity, component, computed, exact, sample, thrown } = failure;
  const { kind, severity, own, reason } = cause;
  const held = heldAgainst(computed, exact, quantity, component);
  const label = input.labels[component];
  const isNaNHidden = input.logits.some(Number.isNaN) && kind === "inaccurate";
  return {
    loss: loss.name,
    implementation: subject.name,
    target: target.description.name,
    arithmetic: "float32",
    quantity,
    kind,
    severity,
    region: { from: toFloat(from), to: toFloat(to), label, points: 1, share: 1 },
    worst: {
      input: toFloat(input.logits[component]),
      label,
      ...numbersOf(kind, computed, held),
      ...(input.logits.length > 1 && { index: unravel(component, input.shape, false) }),
    },
    message: isNaNHidden
      ? "A logit is NaN, and the value is a number: it hides that the network has broken."
      : messageOf({
          kind,
          quantity,
          sample,
          computed,
          exact: held,
          own,
          region: { share: 1 },
          thrown,
          reason,
        }),
    replay: replayOfCase(loss, subject.name, target.description.name, options, input),
    example: exampleOf(input),
    ...whyAndWhere(subject, cause, options.folder),
  };
}
