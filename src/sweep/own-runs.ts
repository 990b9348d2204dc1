import type { Enclosure } from "../arithmetic/enclosure.js";
import type { Quantity } from "../judge/finding.js";
import type { ExactFunction, ExactPoint } from "../oracle/exact-function.js";
import { MPFR_PIXELS, PRECISIONS, type Precisions } from "../oracle/oracle.js";
import type { Point } from "./point-judge.js";

/** An implementation run exactly at the point of a finding. */
export interface OwnRuns {
  /** Its value and the gradient that autodiff writes, narrower from run to run. */
  runs(quantity: Quantity): Iterable<ExactPoint>;
  /** The true derivative of its own value; undefined where that costs too much. */
  derivative(component: number): Enclosure | undefined;
}

/** Bits that settle whether a gradient is the derivative, wherever a program resolves at all. */
const DERIVATIVE_BITS = PRECISIONS[1];

export function ownRuns(own: ExactFunction, precisions: Precisions, { logits, labels }: Point): OwnRuns {
  const isLarge = logits.length > MPFR_PIXELS;
  return {
    *runs(quantity) {
      if (logits.length > 1) {
        const point = own.mapInBalls(logits, labels);
        if (point) yield point;
      }
      for (const bits of isLarge ? [] : PRECISIONS) {
        const arithmetic = precisions.at(bits);
        const point =
          quantity === "value"
            ? own.exact(arithmetic, logits, labels, [0])
            : own.autodiff(arithmetic, logits, labels);
        if (point) yield point;
      }
    },
    derivative(component) {
      if (isLarge) return undefined;
      return own.exact(precisions.at(DERIVATIVE_BITS), logits, labels, [component]).gradient[0];
    },
  };
}
