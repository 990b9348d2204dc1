import { sizeOf } from "../kernels/shape.js";
import type { LossFunction, PointShape } from "../losses/loss.js";
import { isUserFile, shown } from "../losses/user-files.js";
import { firstUserFrame } from "../losses/user-frames.js";
import { useBackend } from "../targets/backend.js";
import type { Tfjs } from "../targets/tfjs.js";
import { type Inputs, LossError, type Result } from "./probe-call.js";
import { interact, isConstant } from "./probe-interaction.js";
import { firstResult } from "./probe-trials.js";

/** What a loss function takes, and what it gives. */
export interface Probe {
  point: PointShape;
  /** The shape of the logits of one point, with a leading axis of 1. */
  shape: number[];
  /** Whether n points, in the leading axis, give n losses. */
  batched: boolean;
  /** The shape of the result for the logits of one point. */
  resultShape: number[];
}

const BATCH = 3;
/** The ranks that losses are written for, most usual first; then more classes. */
const SHAPES = [[BATCH, 2], [BATCH, 2, 2, 2], [BATCH, 2, 2], [BATCH], [BATCH, 3], [BATCH, 10]];

/**
 * Finds out by small calls, on the cpu backend, what a loss function takes:
 *
 * - a result of the shape of the logits: each element has its loss, `element`;
 * - one number for each of the batch, or a scalar: the loss reduces. When the
 *   logits of a row act on each other (softmax), or one class alone gives a
 *   constant, a point is a `row`; else a loss over many elements, a `map`.
 *
 * A function may throw for some inputs. It throws a LossError when there is no value for any of those tried.
 */
export function probePoint(f: LossFunction, tf: Tfjs): Probe {
  const before = tf.engine().backendName;
  useBackend(tf, "cpu");
  try {
    return probe(f, tf);
  } finally {
    if (before) useBackend(tf, before);
  }
}

function probe(f: LossFunction, tf: Tfjs): Probe {
  let thrown: unknown;
  let misfit: LossError | undefined;
  for (const shape of SHAPES) {
    let found: { inputs: Inputs; result: Result };
    try {
      found = firstResult(f, tf, shape);
    } catch (error) {
      if (error instanceof LossError) throw error;
      thrown ??= error;
      continue;
    }
    const { inputs, result } = found;
    const reduction = reductionOf(shape, result.shape);
    if (reduction === undefined) {
      misfit ??= new LossError(
        `The function returns a tensor of shape ${list(result.shape)} for logits of shape ${list(shape)}. ` +
          `Allowed are ${list(shape)} (a loss for each element), [${BATCH}] (one for each of the batch) and a scalar.`,
      );
      continue;
    }
    const point = pointOf(f, tf, inputs, reduction);
    const one = shape.map((n, axis) => (point === "row" && axis === shape.length - 1 ? n : 1));
    return { point, shape: one, batched: reduction !== "all", resultShape: resultOfOne(f, tf, one, shape) };
  }
  throw misfit ?? new LossError(`The function throws for all inputs that were tried: ${messageOf(thrown)}`);
}

type Reduction = "none" | "each" | "all";

function reductionOf(logits: readonly number[], result: readonly number[]): Reduction | undefined {
  if (logits.length === result.length && logits.every((n, axis) => n === result[axis])) return "none";
  const size = sizeOf(result);
  if (size === 1) return "all";
  return size === BATCH && result[0] === BATCH ? "each" : undefined;
}

function pointOf(f: LossFunction, tf: Tfjs, inputs: Inputs, reduction: Reduction): PointShape {
  const { shape } = inputs;
  const sample = inputs.logits.length / BATCH;
  const inRow = interact(f, tf, inputs, 0, 1);
  if (reduction === "none" && !inRow) return "element";
  if (shape.length === 1 && !inRow) return "map";
  if (reduction === "none" || shape.length === 1) {
    throw new LossError(
      `The function returns shape ${list(reduction === "none" ? shape : [])} for logits of shape ${list(shape)}, ` +
        "but the logits act on each other, as in a softmax. " +
        "Let it take [batch, classes] and sum over the classes, so that each row has one loss.",
    );
  }
  const acrossBatch = interact(f, tf, inputs, 0, sample);
  const isRow = (inRow && !acrossBatch) || isConstant(f, tf, shape.length);
  return isRow ? "row" : "map";
}

function resultOfOne(f: LossFunction, tf: Tfjs, one: readonly number[], tried: readonly number[]): number[] {
  try {
    return [...firstResult(f, tf, one).result.shape];
  } catch (error) {
    if (error instanceof LossError) throw error;
    throw new LossError(
      `The function takes logits of shape ${list(tried)}, but not one point alone, of shape ${list(one)}: ` +
        `it throws ${messageOf(error)}`,
    );
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frame = firstUserFrame(error.stack ?? "", isUserFile);
  return frame === undefined ? error.message : `${error.message} (${shown(frame.file)}:${frame.line})`;
}

function list(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}
