import type { Subject } from "../audit/subject.js";
import { messageOf } from "../message-of.js";
import type { Target } from "../targets/target.js";
import { TargetLostError } from "../targets/target-lost.js";

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
  /** It is a whole map, which is computed as it is; of other points a sweep computes many at once. */
  isWhole?: boolean;
}

export interface ComputedPoint {
  /** One for the batch, or one for each of its samples; undefined where the function threw. */
  values?: Float32Array;
  /** Of the sum of the values; what tfjs threw, where only the gradient did. */
  gradient?: Float32Array | string;
  error?: string;
}

/** What the function gives for a batch on the target. */
export async function compute(
  target: Target,
  subject: Pick<Subject, "name" | "f">,
  { shape, logits, labels }: Pick<PointInput, "shape" | "logits" | "labels">,
): Promise<ComputedPoint> {
  try {
    const { value: values, gradient } = await target.running(subject).batch(shape, logits, labels);
    if (values.length !== 1 && values.length !== shape[0]) {
      throw new Error(
        `${values.length} numbers came back for a batch of ${shape[0]}, where one was expected for all of it ` +
          "or one for each sample",
      );
    }
    return { values, gradient };
  } catch (error) {
    if (error instanceof TargetLostError) throw error;
    return { error: messageOf(error) };
  }
}

/** The value of a sample, or the sum of all values, whose gradient is the one that is computed. */
export function valueAt({ values }: ComputedPoint, sample: number | undefined): number | undefined {
  if (sample !== undefined) return values?.[sample];
  return values && Math.fround(values.reduce((a, b) => a + b));
}

/** In which of the samples of a batch, which its leading axis counts, a logit lies. */
export function sampleAt(at: number, size: number, samples: number): number {
  return Math.floor(at / (size / samples));
}
