import type { Enclosure } from "../arithmetic/enclosure.js";
import { exactLoss } from "../explain/exact-loss.js";
import type { Quantity } from "../judge/finding.js";
import { batchInBalls, batchInIntervals, type ExactBatch, sumOf } from "../oracle/exact-batch.js";
import type { ExactFunction } from "../oracle/exact-function.js";
import { MPFR_PIXELS, PRECISIONS, type Precisions } from "../oracle/oracle.js";
import type { Point } from "./point-judge.js";

/** An implementation run exactly at the point of a finding. */
export interface OwnRuns {
  /** Its value, or a component of the gradient that autodiff writes, narrower from run to run. */
  results(quantity: Quantity, component: number): Iterable<Enclosure>;
  /** The true derivative of its own value; undefined where that costs too much. */
  derivative(component: number): Enclosure | undefined;
}

/** The value is that of a sample of the batch where one is given, else the sum of all. */
export function ownRuns(
  own: ExactFunction,
  precisions: Precisions,
  { logits, labels }: Point,
  sample?: number,
): OwnRuns {
  const isLarge = logits.length > MPFR_PIXELS;
  return {
    *results(quantity, component) {
      const of = ({ values, gradient }: ExactBatch) => {
        if (quantity === "gradient") return gradient?.[component];
        return sample === undefined ? sumOf(values) : values[sample];
      };
      const want = quantity === "value" ? "value" : "all";
      if (logits.length > 1) {
        const result = of(batchInBalls(own, logits, labels));
        if (result) yield result;
      }
      for (const bits of isLarge ? [] : PRECISIONS) {
        const result = of(batchInIntervals(own, precisions.at(bits), logits, labels, want));
        if (result) yield result;
      }
    },
    derivative(component) {
      // Of a large map balls have the gradient from autodiff too, which they can't tell from the derivative.
      if (isLarge) return undefined;
      return exactLoss([own], precisions, logits, labels, [component]).gradient[0];
    },
  };
}
