import type { Enclosure } from "../../arithmetic/enclosure.js";
import { inShape } from "../../audit/prepare.js";
import { exactLoss } from "../../explain/exact-loss.js";
import { LARGEST } from "../../inputs/ordinal.js";
import type { Quantity } from "../../judge/finding.js";
import { exactNumber } from "../../judge/number.js";
import { batchInBalls, unlessThrown } from "../../oracle/exact-batch.js";
import type { ExactFunction, ExactPoint } from "../../oracle/exact-function.js";
import type { Case } from "../case.js";
import type { TrainingRun } from "../report.js";
import type { TrainingContext } from "./context.js";
import { DONE, PATIENCE, type Run } from "./run.js";

/** How a run went wrong, and the loss is to blame. */
export interface Failure {
  outcome: TrainingRun["outcome"];
  quantity: Quantity;
  /** The number that it shows at. */
  at: number;
  /** Steps that were made before. */
  steps: number;
}

type Exact = Pick<TrainingContext, "loss" | "precisions" | "range" | "through">;

/**
 * What an ended run shows of its loss; undefined where all is well, or something else is to blame:
 * - NaN and Infinity are the loss's fault where the exact value and gradient at these numbers are finite float32;
 *   where they are not, the learning rate was too large;
 * - numbers that run off to Infinity are, where the gradient that drove them there was wrong;
 * - a run is stuck at a number whose computed gradient is 0, while the exact one says that the answer is wrong.
 */
export function failureOf(run: Run, context: Exact): Failure | undefined {
  if (run.end === "not-finite") return notFinite(run, context);
  if (run.end === "ran-off") return ranOff(run, context);
  return run.end === "threw" ? undefined : stuck(run, context);
}

function notFinite({ state, value, gradient, steps }: Run, context: Exact): Failure | undefined {
  const nan = gradient.findIndex(Number.isNaN);
  const broken = nan < 0 ? gradient.findIndex((g) => !Number.isFinite(g)) : nan;
  const at = broken < 0 ? largest(state.logits) : broken;
  // Beyond the logits that the loss is meant for it was the learning rate that was too large.
  const [low, high] = context.range;
  if (!context.through && !state.logits.every((x) => x >= low && x <= high)) return undefined;
  const exact = exactAt(context, state, [at]);
  if (!isFloat32(exact.value) || !isFloat32(exact.gradient[0])) return undefined;
  const hasNaN = Number.isNaN(value) || nan >= 0;
  return { outcome: hasNaN ? "nan" : "infinity", quantity: broken < 0 ? "value" : "gradient", at, steps };
}

function ranOff({ state, gradient, steps }: Run, context: Exact): Failure | undefined {
  const at = largest(gradient);
  const [exact] = exactAt(context, state, [at]).gradient;
  if (!isFloat32(exact)) return undefined;
  const right = exactNumber(exact);
  const isWrong = Math.abs(gradient[at] - right) > Math.abs(right) / 2 + DONE;
  return isWrong ? { outcome: "infinity", quantity: "gradient", at, steps } : undefined;
}

/** A run is done by mistake where the computed gradient is as small as a right answer's, and the exact one so much larger. */
const BY_MISTAKE = 64 * DONE;

function stuck(
  { state, gradient, steps, stillSince, quietSince, end }: Run,
  context: Exact,
): Failure | undefined {
  const isDead = (i: number) =>
    gradient[i] === 0 && stillSince[i] >= 0 && steps - stillSince[i] + 1 >= PATIENCE;
  const isDone = (i: number) => end === "settled" && Math.abs(gradient[i]) <= DONE;
  const still = Array.from(gradient.keys()).filter((i) => isDead(i) || isDone(i));
  if (still.length === 0) return undefined;
  // Most of them are right answers: balls tell those at once.
  const slopes = gradientInBalls(referencesAt(context, state), state);
  const open = still.filter((i) => slopes === undefined || !(reach(slopes[i]) <= DONE));
  if (open.length === 0) return undefined;
  const exact = exactAt(context, state, open).gradient;
  let worst: Failure | undefined;
  let slope = 0;
  open.forEach((at, k) => {
    const magnitude = exact[k].defined === "yes" ? Math.max(exact[k].lo, -exact[k].hi) : 0;
    if (!(magnitude > Math.max(slope, isDead(at) ? DONE : BY_MISTAKE))) return;
    slope = magnitude;
    worst = { outcome: "stuck", quantity: "gradient", at, steps: isDead(at) ? stillSince[at] : quietSince };
  });
  return worst;
}

/** The exact loss at a batch, and its derivatives by some of the logits. */
export function exactAt(context: Exact, state: Case, components: readonly number[]): ExactPoint {
  const references = referencesAt(context, state);
  return exactLoss(references, context.precisions, state.logits, state.labels, components);
}

function referencesAt({ loss }: Exact, { shape }: Case): ExactFunction[] {
  return loss.references.map((reference) => inShape(reference, shape).exact);
}

function gradientInBalls(references: readonly ExactFunction[], { logits, labels }: Case) {
  for (const reference of references) {
    const batch = unlessThrown(() => batchInBalls(reference, logits, labels));
    if (batch?.gradient) return batch.gradient;
  }
  return undefined;
}

/** The largest magnitude of any number in an enclosure; NaN where there may be none. */
function reach({ lo, hi, defined }: Enclosure): number {
  return defined === "yes" ? Math.max(Math.abs(lo), Math.abs(hi)) : Number.NaN;
}

function isFloat32(enclosure: Enclosure): boolean {
  return reach(enclosure) <= LARGEST;
}

function largest(numbers: Float32Array): number {
  return numbers.reduce((best, x, i) => (Math.abs(x) > Math.abs(numbers[best]) ? i : best), 0);
}
