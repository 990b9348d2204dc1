import type { Subject } from "../audit/subject.js";
import { whyAndWhere } from "../audit/why-and-where.js";
import { formatFloat32, toFloat } from "../inputs/float32.js";
import { unravel } from "../inputs/row-major.js";
import { OK } from "../judge/classify.js";
import { jsonNumber, ulpsBetween } from "../judge/number.js";
import type { Case } from "./case.js";
import type { FuzzContext } from "./context.js";
import { exampleOf } from "./corpus/example.js";
import type { CaseJudge, Verdicts } from "./judge-cases.js";
import { replayOfCase } from "./replay-command.js";
import type { FuzzFinding } from "./report.js";

/** Gradients that differ by more than this factor part. */
const FACTOR = 2;
/** What parts them is less than this: no training run shows it. */
const SMALL = 1e-3;

/** An input at which the gradients of two implementations part in float32, though that of `against` is right. */
export interface Divergence {
  subject: Subject;
  against: Subject;
  input: Case;
  /** The index of the logit whose gradients part. */
  component: number;
  how: "sign" | "factor";
}

/** For each implementation the first input at which its gradient parts from that of one that is right there. */
export function divergences(
  subjects: readonly Subject[],
  cases: readonly Case[],
  verdicts: readonly Verdicts[],
): Divergence[] {
  return subjects.flatMap((subject, s) => {
    for (const [at, input] of cases.entries()) {
      if (verdicts[s].codes.gradient[at] === OK) continue;
      const right = subjects.findIndex((_, t) => t !== s && verdicts[t].codes.gradient[at] === OK);
      if (right < 0) continue;
      const size = input.logits.length;
      for (let component = 0; component < size; component++) {
        const [mine, theirs] = [s, right].map((t) => verdicts[t].gradients[at * size + component]);
        const how = partingOf(mine, theirs);
        if (how) return [{ subject, against: subjects[right], input, component, how }];
      }
    }
    return [];
  });
}

/** How two finite gradients part; undefined where they don't, or where what parts them is small. */
function partingOf(a: number, b: number): Divergence["how"] | undefined {
  const [small, large] = [Math.min(Math.abs(a), Math.abs(b)), Math.max(Math.abs(a), Math.abs(b))];
  if (!(large < Infinity) || Math.abs(a - b) < SMALL) return undefined;
  if (a * b < 0 && small >= SMALL) return "sign";
  return large > FACTOR * small ? "factor" : undefined;
}

/** The finding of a divergence at an input that is as small as it gets; undefined where they don't part there, in the way that is given. */
export async function partsStill(
  { loss, target, options }: FuzzContext,
  judge: CaseJudge,
  { subject, against, how }: Pick<Divergence, "subject" | "against"> & Partial<Pick<Divergence, "how">>,
  input: Case,
): Promise<Omit<FuzzFinding, "id" | "runs"> | undefined> {
  const judged = await judge.judge([input], [subject, against]);
  const found = divergences([subject, against], judged.cases, judged.verdicts).find(
    (one) => one.subject === subject && (how === undefined || one.how === how),
  );
  if (found === undefined) return undefined;
  const { component } = found;
  const [mine, theirs] = judged.verdicts.map(({ gradients }) => gradients[component]);
  const x = toFloat(input.logits[component]);
  const label = input.labels[component];
  const [a, b] = [mine, theirs].map(formatFloat32);
  return {
    loss: loss.name,
    implementation: subject.name,
    target: target.description.name,
    arithmetic: "float32",
    quantity: "gradient",
    kind: "divergence",
    severity: options.severities?.divergence ?? (found.how === "sign" || mine === 0 ? "error" : "warning"),
    region: { from: x, to: x, label, points: 1, share: 1 },
    worst: {
      input: x,
      label,
      computed: toFloat(mine),
      exact: toFloat(theirs),
      ulps: jsonNumber(ulpsBetween(mine, theirs)),
      ...(input.logits.length > 1 && { index: unravel(component, input.shape, false) }),
    },
    message: `The gradient is ${a} where that of ${against.name}, which is right there, is ${b}: ${
      found.how === "sign"
        ? "they point in opposite directions"
        : `they part by more than a factor of ${FACTOR}`
    }.`,
    replay: replayOfCase(loss, subject.name, target.description.name, options, input),
    ...whyAndWhere(subject, {}, options.folder),
    example: exampleOf(input),
    against: against.name,
  };
}
