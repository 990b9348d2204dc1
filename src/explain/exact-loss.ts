import type { Enclosure } from "../arithmetic/enclosure.js";
import { batchInBalls, batchInIntervals, sumOf, unlessThrown } from "../oracle/exact-batch.js";
import type { ExactFunction, ExactPoint } from "../oracle/exact-function.js";
import { MPFR_PIXELS, nothingKnown, PRECISIONS, type Precisions, resolve } from "../oracle/oracle.js";
import { isSettled } from "./comparison.js";

/**
 * The exact value and gradient of a loss for one batch, the gradient for the
 * given components: in intervals of MPFR narrower than 2^-50, or of a large map
 * in balls of float64, where they state anything. The value is that of a sample
 * of the batch where one is given, else the sum of all.
 */
export function exactLoss(
  references: readonly ExactFunction[],
  precisions: Precisions,
  logits: Float32Array,
  labels: Float32Array,
  components: readonly number[],
  sample?: number,
): ExactPoint {
  const isLarge = logits.length > MPFR_PIXELS;
  const balls = isLarge ? inBalls(references, logits, labels, components, sample) : undefined;
  if (balls) return balls;
  const isLimit = !logits.every(Number.isFinite);
  const settled = ({ value, gradient, kink }: ExactPoint) =>
    isLarge ||
    (isLimit ? value.defined !== "unknown" : isSettled(value) && (kink || gradient.every(isSettled)));
  const { point } = resolve(references, precisions, logits, labels, settled, components);
  if (sample === undefined) return point;
  const bits = isLarge ? PRECISIONS.slice(0, 1) : PRECISIONS;
  return { ...point, value: valueOfSample(references, precisions, bits, logits, labels, sample) };
}

function inBalls(
  references: readonly ExactFunction[],
  logits: Float32Array,
  labels: Float32Array,
  components: readonly number[],
  sample: number | undefined,
): ExactPoint | undefined {
  for (const reference of references) {
    const batch = unlessThrown(() => batchInBalls(reference, logits, labels));
    if (!batch?.gradient) continue;
    const { values, gradient } = batch;
    const point = {
      value: sample === undefined ? sumOf(values) : values[sample],
      gradient: components.map((component) => gradient[component]),
      kink: false,
    };
    if ([point.value, ...point.gradient].every(({ defined }) => defined === "yes")) return point;
  }
  return undefined;
}

function valueOfSample(
  references: readonly ExactFunction[],
  precisions: Precisions,
  bits: readonly number[],
  logits: Float32Array,
  labels: Float32Array,
  sample: number,
): Enclosure {
  let last = nothingKnown(0).value;
  for (const precision of bits) {
    for (const reference of references) {
      const batch = unlessThrown(() =>
        batchInIntervals(reference, precisions.at(precision), logits, labels, "value"),
      );
      if (!batch) continue;
      if (isSettled(batch.values[sample])) return batch.values[sample];
      last = batch.values[sample];
    }
  }
  return last;
}
