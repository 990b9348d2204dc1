import type { AuditedLoss, Subject } from "../audit/subject.js";
import { whyAndWhere } from "../audit/why-and-where.js";
import { unravel } from "../inputs/row-major.js";
import type { FuzzContext } from "./context.js";
import { exampleFloat, exampleOf } from "./corpus/example.js";
import type { FuzzFinding } from "./report.js";
import type { TrainingFinding } from "./training/context.js";

/** A training run that ends badly, as the finding of the input at which it does. */
export function trainingFindingOf(
  { loss, target, options }: FuzzContext,
  found: TrainingFinding,
  model: string | undefined,
): Omit<FuzzFinding, "id" | "runs"> {
  const { subject, quantity, optimizer, learningRate, steps, outcome, survivors, start, last, at } = found;
  const x = exampleFloat(last.logits[at]);
  const label = last.labels[at];
  // The message has the reason, and says more than it.
  const { reason: _, ...why } = found;
  return {
    loss: loss.name,
    implementation: subject,
    target: target.description.name,
    arithmetic: "float32",
    quantity,
    kind: "training",
    severity: options.severities?.training ?? "error",
    region: { from: x, to: x, label, points: 1, share: 1 },
    worst: {
      input: x,
      label,
      computed: found.computed,
      exact: found.exact,
      ulps: found.ulps,
      ...(last.logits.length > 1 && { index: unravel(at, last.shape, false) }),
    },
    message: found.message,
    // The last input alone says little of a run: it is made again from its start.
    replay: "",
    example: exampleOf(last),
    ...whyAndWhere(named(subject, loss), why, options.folder),
    training: {
      ...{ optimizer, learningRate, steps, outcome, survivors },
      ...(model !== undefined && { model }),
      start: Array.from(start.logits, exampleFloat),
    },
  };
}

function named(name: string, { subjects }: AuditedLoss): Subject {
  return subjects.find((subject) => subject.name === name) as Subject;
}
