import type { Enclosure } from "../arithmetic/enclosure.js";
import type { Subject } from "../audit/subject.js";
import { valueAndGradient } from "../evaluate/target-function.js";
import { formatFloat32, toFloat } from "../inputs/float32.js";
import { classifyEnclosure, OK } from "../judge/classify.js";
import type { Quantity } from "../judge/finding.js";
import { exactNumber, ulpsBetween } from "../judge/number.js";
import type { ExactFunction } from "../oracle/exact-function.js";
import { PRECISIONS, type Precisions } from "../oracle/oracle.js";
import type { Program } from "../program/program.js";
import { fromJsonNumber } from "../report/json.js";
import type { Target } from "../targets/targets.js";
import { blame, ROUNDING } from "./blame.js";
import { compare, TOLERANCE } from "./comparison.js";
import { type Demand, shownElements, WHOLE } from "./demand.js";
import { exactLoss, LARGE } from "./exact-loss.js";
import { exactNodes } from "./exact-nodes.js";
import type { Elements } from "./exact-run.js";
import { kernelTable } from "./kernel-table.js";
import { replay, sameFloats } from "./replay.js";
import type { Comparison, ExplainedKernel, ExplainedPoint } from "./report.js";

/** One logit of one batch. */
export interface PointInput {
  /** Of the batch in which the point is evaluated. */
  shape: readonly number[];
  logits: Float32Array;
  labels: Float32Array;
  /** Which of the logits is explained. */
  at: number;
  /** Of the logit in its map. */
  index?: number[];
  map?: string;
}

/** An implementation and the loss that it is held against, both as functions of the point's batch. */
export interface Explained {
  loss: string;
  subject: Pick<Subject, "name" | "f"> & { exact: ExactFunction };
  references: readonly ExactFunction[];
}

/** Takes one implementation apart at one point. Runs the user's code. */
export function explainPoint(
  { loss, subject, references }: Explained,
  input: PointInput,
  target: Target,
  precisions: Precisions,
): ExplainedPoint {
  const { logits, labels, at } = input;
  const components = logits.length > WHOLE ? [at] : Array.from(logits.keys());
  const isLimit = !logits.every(Number.isFinite);
  const computed = compute(target, subject.f, input);
  const exact = exactLoss(references, precisions, logits, labels, components);
  const taken = takeApart(subject.exact, input, target, precisions, computed);

  const value = comparisonOf("value", computed.value, exact.value, isLimit, computed.error);
  const gradients = components.map((component, i) =>
    comparisonOf(
      "gradient",
      typeof computed.gradient === "string" ? undefined : computed.gradient?.[component],
      exact.gradient[i],
      isLimit || exact.kink,
      typeof computed.gradient === "string" ? computed.gradient : computed.error,
    ),
  );
  if (taken && !isLimit) {
    const { program } = taken;
    const derivative = once(() => exactLoss([subject.exact], precisions, logits, labels, components).gradient);
    const written = program.gradient === undefined ? [] : taken.exact[program.gradient];
    const result = taken.exact[program.value];
    if (result.length === 1 && result[0]) attribute(value, "value", exact.value, result[0]);
    gradients.forEach((gradient, i) => {
      const own = written[components[i]];
      // Balls have the gradient from autodiff too, so of a large map they can't tell it from the derivative.
      const slope = logits.length > LARGE ? undefined : () => derivative()[i];
      if (own) attribute(gradient, "gradient", exact.gradient[i], own, slope);
    });
  }
  const point: ExplainedPoint = {
    loss,
    implementation: subject.name,
    input: toFloat(logits[at]),
    label: labels[at],
    ...(input.map !== undefined && { map: input.map }),
    ...(input.index && { index: input.index }),
    value,
    gradient: gradients[components.indexOf(at)],
    ...(gradients.length > 1 && logits.length <= WHOLE && { gradients }),
    reasons: [],
    notes: [...(exact.kink ? [KINK] : []), ...(isLimit ? [LIMIT] : []), ...(taken?.notes ?? [])],
    kernels: taken?.kernels ?? [],
    results: taken?.results ?? { value: "none" },
  };
  for (const quantity of ["value", "gradient"] as const) {
    const { verdict, ulps } = point[quantity];
    if (verdict === "unresolved" || (verdict === "ok" && fromJsonNumber(ulps) <= ROUNDING)) continue;
    point.reasons.push({ quantity, ...blame(point, quantity) });
  }
  return point;
}

const KINK = "The loss has a kink here: any number between its one-sided derivatives is right.";
const LIMIT = "The exact numbers are those for all logits beyond the largest float32: the limit lies among them.";

interface ComputedPoint {
  /** Undefined where the function threw. */
  value?: number;
  values?: Float32Array;
  /** What tfjs threw, where only the gradient did. */
  gradient?: Float32Array | string;
  error?: string;
}

/** What the function gives on the target. A result of several numbers is summed, as its gradient is that of the sum. */
function compute(target: Target, f: Subject["f"], { shape, logits, labels }: PointInput): ComputedPoint {
  try {
    const { value, gradient } = valueAndGradient(target, f, [...shape], logits, labels);
    return { value: Math.fround(value.reduce((a, b) => a + b)), values: value, gradient };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function comparisonOf(
  quantity: Quantity,
  computed: number | undefined,
  exact: Enclosure,
  isLimit: boolean,
  error: string | undefined,
): Comparison {
  const undefinedHere = exact.defined === "no" ? { note: "The formula is undefined here." } : {};
  if (computed !== undefined) return { ...compare(computed, exact, quantity, isLimit), ...undefinedHere };
  const missing = compare(Number.NaN, exact, quantity, isLimit);
  return { ...missing, computed: null, verdict: "throws", severity: "error", error, ...undefinedHere };
}

interface TakenApart {
  program: Program;
  kernels: ExplainedKernel[];
  exact: Elements<Enclosure>[];
  shown: readonly Demand[];
  results: ExplainedPoint["results"];
  notes: string[];
}

/** The program, kernel by kernel; undefined when there is none because the function throws. */
function takeApart(
  exactFunction: ExactFunction,
  { logits, labels, at }: PointInput,
  target: Target,
  precisions: Precisions,
  direct: ComputedPoint,
): TakenApart | undefined {
  let program: Program;
  try {
    program = exactFunction.program(logits, labels);
  } catch {
    return undefined;
  }
  const shown = shownElements(program, at);
  const exact = exactNodes(program, precisions, logits, labels, shown);
  const { values, stopped } = replay(target, program, logits, labels);
  const kernels = kernelTable({ program, computed: values, exact, shown }, precisions.at(PRECISIONS[1]));
  const notes: string[] = [];
  if (stopped !== undefined) notes.push(`The kernels end early: ${stopped}`);
  const isSame = (id: number | undefined, floats: Float32Array | string | undefined) =>
    id === undefined || values[id] === undefined || !(floats instanceof Float32Array) || sameFloats(values[id], floats);
  if (!isSame(program.value, direct.values) || !isSame(program.gradient, direct.gradient)) {
    notes.push(
      "Run one by one, the kernels don't give what the function gives on this target: " +
        "it does different things on different backends, so the kernels below are not all that it does.",
    );
  }
  if (program.readsValues) {
    notes.push("The function reads values of its logits: the kernels are those for this logit alone.");
  }
  const results = {
    value: `%${program.value}`,
    ...(program.gradient !== undefined && { gradient: `%${program.gradient}` }),
  };
  return { program, kernels, exact, shown, results, notes };
}

/** More ulps than this between two exact numbers are not the rounding of a constant of the formula. */
const OTHER = 4;

/**
 * Says in words where the implementation is another function than the loss, or
 * where autodiff's gradient is not the derivative, and names the verdict after
 * it. `own` is what the implementation's program gives when it is run exactly,
 * `derivative` what it should give as a gradient.
 */
function attribute(
  comparison: Comparison,
  quantity: Quantity,
  loss: Enclosure,
  own: Enclosure,
  derivative?: () => Enclosure,
): void {
  if (loss.defined !== "yes" || own.defined !== "yes") return;
  const given = exactNumber(own);
  if (ulpsBetween(given, exactNumber(loss)) <= OTHER) return;
  const slope = derivative?.() ?? own;
  const slopeNumber = exactNumber(slope);
  const isDerivative =
    slope.defined !== "yes" ||
    ulpsBetween(given, slopeNumber) <= OTHER ||
    (slope.lo <= given && given <= slope.hi);
  comparison.note = isDerivative
    ? `Run exactly, this implementation gives ${short(given)}: its formula is another function than the loss.`
    : `The gradient that autodiff writes is ${short(given)} when it is run exactly; the derivative of the value is ${short(slopeNumber)}.`;
  const changes = ["inaccurate", "underflow", ...(isDerivative ? [] : ["dead-gradient", "wrong-sign"])];
  if (!changes.includes(comparison.verdict)) return;
  if (classifyEnclosure(given, loss, quantity, TOLERANCE) === OK) return;
  comparison.verdict = isDerivative ? "semantic" : "formula";
}

function short(x: number): string {
  return Number.isFinite(x) ? String(Number(x.toPrecision(9))) : formatFloat32(x);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
