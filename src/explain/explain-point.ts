import type { Enclosure } from "../arithmetic/enclosure.js";
import type { Subject } from "../audit/subject.js";
import { toFloat } from "../inputs/float32.js";
import type { Tolerance } from "../judge/classify.js";
import type { Quantity } from "../judge/finding.js";
import { comparable } from "../oracle/exact-batch.js";
import type { ExactFunction, ExactPoint } from "../oracle/exact-function.js";
import { MPFR_PIXELS, type Precisions } from "../oracle/oracle.js";
import { fromJsonNumber } from "../report/json.js";
import type { Target } from "../targets/target.js";
import { nameAfterOwn } from "./attribution.js";
import { blame, ROUNDING } from "./blame.js";
import { compare } from "./comparison.js";
import { type ComputedPoint, compute, type PointInput, sampleAt, valueAt } from "./computed-point.js";
import { copiesOf, ofFirst, repeated } from "./copies.js";
import { WHOLE } from "./demand.js";
import { exactLoss } from "./exact-loss.js";
import type { Comparison, ExplainedPoint } from "./report.js";
import { takeApart } from "./take-apart.js";

/** An implementation and the loss that it is held against, both as functions of the point's batch. */
export interface Explained {
  loss: string;
  subject: Pick<Subject, "name" | "f" | "batched"> & { exact: ExactFunction };
  references: readonly ExactFunction[];
}

const KINK = "The loss has a kink here: any number between its one-sided derivatives is right.";
const LIMIT =
  "The exact numbers are those for all logits beyond the largest float32: the limit lies among them.";
const ofSample = (sample: number, count: number) => `The value is that of sample ${sample} of ${count}.`;
const inCopies = (copies: number) =>
  `The point was computed ${copies} times in one batch, of which the first is shown: alone it would go through other code on this target.`;
const SUMMED = "The value is the sum of all samples: the loss has no value for each of them.";

/** Takes one implementation apart at one point. Runs the user's code. */
export async function explainPoint(
  explained: Explained,
  point: PointInput,
  target: Target,
  precisions: Precisions,
  tolerance: Tolerance,
): Promise<ExplainedPoint> {
  const { loss, subject, references } = explained;
  const { logits, labels, at, map, index } = point;
  const components = logits.length > WHOLE ? [at] : Array.from(logits.keys());
  const isLimit = !logits.every(Number.isFinite);
  const copies = copiesOf(subject, point, target);
  const input = repeated(point, copies);
  const inBatch = await compute(target, subject, input);
  const computed = ofFirst(inBatch, copies);
  const count = computed.values?.length ?? 1;
  const held = comparable(references, count, logits, labels);
  const sample = count > 1 && !held.isSummed ? sampleAt(at, logits.length, count) : undefined;
  const exactOf = (functions: readonly ExactFunction[]) =>
    exactLoss(functions, precisions, logits, labels, components, sample);
  const exact = exactOf(held.references);
  const taken = await takeApart(subject.exact.inShape(input.shape), input, target, precisions, inBatch);

  const compareAs = comparing(tolerance, computed);
  const value = compareAs("value", valueAt(computed, sample), exact.value, isLimit);
  const gradients = components.map((component, i) =>
    compareAs(
      "gradient",
      computed.gradient instanceof Float32Array ? computed.gradient[component] : undefined,
      exact.gradient[i],
      isLimit || exact.kink,
    ),
  );
  if ("program" in taken) {
    const { program } = taken;
    const written = program.gradient === undefined ? [] : taken.exact[program.gradient];
    nameAllAfterOwn(value, gradients, exact, tolerance, {
      value:
        count === 1 || sample !== undefined
          ? taken.exact[program.value][sample ?? 0]
          : exactOf([subject.exact]).value,
      gradients: components.map((component) => written[component]),
      // Of a large map balls have the gradient from autodiff too, which they can't tell from the derivative.
      derivatives: () => (logits.length > MPFR_PIXELS ? undefined : exactOf([subject.exact]).gradient),
    });
  }
  const result: ExplainedPoint = {
    loss,
    implementation: subject.name,
    input: toFloat(logits[at]),
    label: labels[at],
    ...(map !== undefined && { map }),
    ...(index && { index }),
    value,
    gradient: gradients[components.indexOf(at)],
    ...(gradients.length > 1 && { gradients }),
    reasons: [],
    notes: [
      ...(exact.kink ? [KINK] : []),
      ...(isLimit ? [LIMIT] : []),
      ...(count === 1 ? [] : [sample === undefined ? SUMMED : ofSample(sample, count)]),
      ...(copies === 1 ? [] : [inCopies(copies)]),
      ...taken.notes,
    ],
    kernels: "kernels" in taken ? taken.kernels : [],
    results: "results" in taken ? taken.results : {},
  };
  for (const quantity of ["value", "gradient"] as const) {
    const { verdict, ulps } = result[quantity];
    if (verdict === "unresolved" || (verdict === "ok" && fromJsonNumber(ulps) <= ROUNDING)) continue;
    result.reasons.push({ quantity, ...blame(result, quantity) });
  }
  return result;
}

/** Compares numbers of one point; what is undefined threw. */
function comparing(tolerance: Tolerance, { gradient, error }: ComputedPoint) {
  return (quantity: Quantity, number: number | undefined, exact: Enclosure, isSet: boolean): Comparison => {
    const note = exact.defined === "no" ? { note: "The formula is undefined here." } : {};
    const comparison = compare(number ?? Number.NaN, exact, quantity, isSet, tolerance);
    if (number !== undefined) return { ...comparison, ...note };
    const thrown = quantity === "gradient" && typeof gradient === "string" ? gradient : error;
    return { ...comparison, computed: null, verdict: "throws", severity: "error", error: thrown, ...note };
  };
}

/** What the program of an implementation gives when it is run exactly; undefined where it has no gradient. */
interface OwnNumbers {
  value?: Enclosure;
  gradients: (Enclosure | undefined)[];
  /** The true derivatives of its value, where they can be told. */
  derivatives(): Enclosure[] | undefined;
}

function nameAllAfterOwn(
  value: Comparison,
  gradients: readonly Comparison[],
  loss: ExactPoint,
  tolerance: Tolerance,
  own: OwnNumbers,
): void {
  if (own.value) {
    const number = { results: [own.value], derivative: () => undefined };
    nameAfterOwn(value, "value", loss.value, number, tolerance);
  }
  let derivatives: Enclosure[] | undefined;
  gradients.forEach((gradient, i) => {
    const result = own.gradients[i];
    if (result === undefined) return;
    const derivative = () => {
      derivatives ??= own.derivatives();
      return derivatives?.[i];
    };
    nameAfterOwn(gradient, "gradient", loss.gradient[i], { results: [result], derivative }, tolerance);
  });
}
