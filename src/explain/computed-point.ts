import type { Subject } from "../audit/subject.js";
import { valueAndGradient } from "../evaluate/target-function.js";
import { useBackend } from "../targets/backend.js";
import type { Target } from "../targets/targets.js";

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

export interface ComputedPoint {
  /** Undefined where the function threw. */
  value?: number;
  values?: Float32Array;
  /** What tfjs threw, where only the gradient did. */
  gradient?: Float32Array | string;
  error?: string;
}

/** What the function gives on the target. A result of several numbers is summed, as its gradient is that of the sum. */
export function compute(
  target: Target,
  f: Subject["f"],
  { shape, logits, labels }: PointInput,
): ComputedPoint {
  useBackend(target.tf, target.description.backend);
  try {
    const { value, gradient } = valueAndGradient(target, f, [...shape], logits, labels);
    return { value: Math.fround(value.reduce((a, b) => a + b)), values: value, gradient };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
