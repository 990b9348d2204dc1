import type { Subject } from "../audit/subject.js";
import type { Target } from "../targets/target.js";
import type { ComputedPoint, PointInput } from "./computed-point.js";

/**
 * How often a point is computed in one batch: as often as the target computes
 * points together, for alone it would go through other code than in the batches
 * of a sweep, or of training.
 */
export function copiesOf(
  { batched }: Pick<Subject, "batched">,
  { shape, isWhole }: PointInput,
  target: Target,
): number {
  return batched && shape[0] === 1 && !isWhole ? (target.description.lanes ?? 1) : 1;
}

/** The batch of so many copies of a point. */
export function repeated(input: PointInput, copies: number): PointInput {
  if (copies === 1) return input;
  const { shape, logits, labels } = input;
  const times = (numbers: Float32Array) =>
    Float32Array.from({ length: numbers.length * copies }, (_, i) => numbers[i % numbers.length]);
  return {
    ...input,
    shape: [copies, ...shape.slice(1)],
    logits: times(logits),
    labels: times(labels),
  };
}

/** What was computed for the first of so many copies of a point, each of which has its own loss. */
export function ofFirst({ values, gradient, error }: ComputedPoint, copies: number): ComputedPoint {
  const first = (numbers: Float32Array) => numbers.subarray(0, numbers.length / copies);
  return {
    values: values && first(values),
    gradient: gradient instanceof Float32Array ? first(gradient) : gradient,
    error,
  };
}
