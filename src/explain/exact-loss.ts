import type { Enclosure } from "../arithmetic/enclosure.js";
import { type BallArray, evaluateBallArrays } from "../evaluate/ball-arrays.js";
import type { ExactFunction, ExactPoint } from "../oracle/exact-function.js";
import { type Precisions, resolve } from "../oracle/oracle.js";
import { isSettled } from "./comparison.js";

/** Larger maps take minutes in MPFR, and balls of float64 nearly always say the same. */
export const LARGE = 4096;

/**
 * The exact value and gradient of a loss for one batch, the gradient for the
 * given components. Of a large map the enclosures are balls of float64, where
 * those tell the nearest float32; else intervals of MPFR, narrower than 2^-50.
 */
export function exactLoss(
  references: readonly ExactFunction[],
  precisions: Precisions,
  logits: Float32Array,
  labels: Float32Array,
  components: readonly number[],
): ExactPoint {
  if (logits.length > LARGE) {
    const point = inBalls(references, logits, labels, components);
    if (point && [point.value, ...point.gradient].every(isOneFloat)) return point;
  }
  const isLimit = !logits.every(Number.isFinite);
  const settled = ({ value, gradient, kink }: ExactPoint) =>
    isLimit ? value.defined !== "unknown" : isSettled(value) && (kink || gradient.every(isSettled));
  return resolve(references, precisions, logits, labels, settled, components).point;
}

function inBalls(
  references: readonly ExactFunction[],
  logits: Float32Array,
  labels: Float32Array,
  components: readonly number[],
): ExactPoint | undefined {
  for (const reference of references) {
    const program = reference.program(logits, labels);
    if (program.gradient === undefined) continue;
    const { value, gradient } = evaluateBallArrays(program, logits, labels);
    if (value.mid.length > 1 || gradient === undefined) continue;
    return {
      value: enclosureOf(value, 0),
      gradient: components.map((component) => enclosureOf(gradient, component)),
      kink: false,
    };
  }
  return undefined;
}

/** The sum and difference are rounded once each. */
export function enclosureOf({ mid, rad }: BallArray, i: number): Enclosure {
  const reach = rad[i] + Math.abs(mid[i]) * 2 ** -52;
  return { lo: mid[i] - reach, hi: mid[i] + reach, defined: reach < Infinity ? "yes" : "unknown" };
}

function isOneFloat({ lo, hi, defined }: Enclosure): boolean {
  return defined === "yes" && Math.fround(lo) === Math.fround(hi);
}
