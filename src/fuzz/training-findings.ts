import { unravel } from "../inputs/row-major.js";
import type { FuzzContext } from "./context.js";
import { exampleFloat, exampleOf } from "./corpus/example.js";
import type { FuzzFinding } from "./report.js";
import type { TrainingFinding } from "./training/context.js";

/** A training run that ends badly, as the finding of the input at which it does. */
export function trainingFindingOf(
  { loss, target }: FuzzContext,
  found: TrainingFinding,
  model: string | undefined,
): Omit<FuzzFinding, "id" | "runs"> {
  const { subject, quantity, optimizer, learningRate, steps, outcome, survivors, start, last, at } = found;
  const x = exampleFloat(last.logits[at]);
  const label = last.labels[at];
  return {
    loss: loss.name,
    implementation: subject,
    target: target.description.name,
    arithmetic: "float32",
    quantity,
    kind: "training",
    severity: "error",
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
    ...(found.kernel !== undefined && { kernel: found.kernel }),
    ...(found.line !== undefined && { line: found.line }),
    training: {
      ...{ optimizer, learningRate, steps, outcome, survivors },
      ...(model !== undefined && { model }),
      start: Array.from(start.logits, exampleFloat),
    },
  };
}
