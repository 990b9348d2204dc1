import type { Enclosure } from "../arithmetic/enclosure.js";
import type { Subject } from "../audit/subject.js";
import { toFloat } from "../inputs/float32.js";
import type { Quantity } from "../judge/finding.js";
import type { ExactFunction, ExactPoint } from "../oracle/exact-function.js";
import { MPFR_PIXELS, type Precisions } from "../oracle/oracle.js";
import { fromJsonNumber } from "../report/json.js";
import type { Target } from "../targets/targets.js";
import { attribute, isAnother } from "./attribution.js";
import { blame, ROUNDING } from "./blame.js";
import { compare } from "./comparison.js";
import { type ComputedPoint, compute, type PointInput } from "./computed-point.js";
import { WHOLE } from "./demand.js";
import { exactLoss } from "./exact-loss.js";
import type { Comparison, ExplainedPoint } from "./report.js";
import { type TakenApart, takeApart } from "./take-apart.js";

export type { PointInput } from "./computed-point.js";

/** An implementation and the loss that it is held against, both as functions of the point's batch. */
export interface Explained {
  loss: string;
  subject: Pick<Subject, "name" | "f"> & { exact: ExactFunction };
  references: readonly ExactFunction[];
}

const KINK = "The loss has a kink here: any number between its one-sided derivatives is right.";
const LIMIT =
  "The exact numbers are those for all logits beyond the largest float32: the limit lies among them.";

/** Takes one implementation apart at one point. Runs the user's code. */
export function explainPoint(
  { loss, subject, references }: Explained,
  input: PointInput,
  target: Target,
  precisions: Precisions,
): ExplainedPoint {
  const { logits, labels, at, map, index } = input;
  const components = logits.length > WHOLE ? [at] : Array.from(logits.keys());
  const isLimit = !logits.every(Number.isFinite);
  const computed = compute(target, subject.f, input);
  const exactOf = (functions: readonly ExactFunction[]) =>
    exactLoss(functions, precisions, logits, labels, components);
  const exact = exactOf(references);
  const taken = takeApart(subject.exact, input, target, precisions, computed);

  const value = comparisonOf("value", computed.value, exact.value, isLimit, computed.error);
  const gradients = gradientsOf(computed, components, exact.gradient, isLimit || exact.kink);
  if ("program" in taken && !isLimit) {
    // Balls have the gradient from autodiff too, so of a large map they can't tell it from the derivative.
    const isLarge = logits.length > MPFR_PIXELS;
    attributeAll(taken, value, gradients, exact, components, () =>
      isLarge ? undefined : exactOf([subject.exact]).gradient,
    );
  }
  const point: ExplainedPoint = {
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
    notes: [...(exact.kink ? [KINK] : []), ...(isLimit ? [LIMIT] : []), ...taken.notes],
    kernels: "kernels" in taken ? taken.kernels : [],
    results: "results" in taken ? taken.results : {},
  };
  for (const quantity of ["value", "gradient"] as const) {
    const { verdict, ulps } = point[quantity];
    if (verdict === "unresolved" || (verdict === "ok" && fromJsonNumber(ulps) <= ROUNDING)) continue;
    point.reasons.push({ quantity, ...blame(point, quantity) });
  }
  return point;
}

function gradientsOf(
  { gradient, error }: ComputedPoint,
  components: readonly number[],
  exact: readonly Enclosure[],
  isLimit: boolean,
): Comparison[] {
  const threw = typeof gradient === "string" ? gradient : error;
  const numbers = typeof gradient === "string" ? undefined : gradient;
  return components.map((component, i) =>
    comparisonOf("gradient", numbers?.[component], exact[i], isLimit, threw),
  );
}

function comparisonOf(
  quantity: Quantity,
  computed: number | undefined,
  exact: Enclosure,
  isLimit: boolean,
  error: string | undefined,
): Comparison {
  const note = exact.defined === "no" ? { note: "The formula is undefined here." } : {};
  if (computed !== undefined) return { ...compare(computed, exact, quantity, isLimit), ...note };
  const missing = compare(Number.NaN, exact, quantity, isLimit);
  return { ...missing, computed: null, verdict: "throws", severity: "error", error, ...note };
}

/** `derivative` gives the true derivatives of the implementation's own value, where they can be told. */
function attributeAll(
  { program, exact }: TakenApart,
  value: Comparison,
  gradients: readonly Comparison[],
  loss: ExactPoint,
  components: readonly number[],
  derivative: () => Enclosure[] | undefined,
): void {
  const result = exact[program.value];
  if (result.length === 1 && result[0]) attribute(value, "value", loss.value, result[0]);
  const written = program.gradient === undefined ? [] : exact[program.gradient];
  let derivatives: Enclosure[] | undefined;
  gradients.forEach((gradient, i) => {
    const own = written[components[i]];
    if (own === undefined || !isAnother(own, loss.gradient[i])) return;
    derivatives ??= derivative();
    attribute(gradient, "gradient", loss.gradient[i], own, derivatives?.[i]);
  });
}
