import { enclosureOf, evaluateBallArrays } from "../evaluate/ball-arrays.js";
import type { ExactFunction, ExactPoint } from "../oracle/exact-function.js";
import { MPFR_PIXELS, type Precisions, resolve } from "../oracle/oracle.js";
import { isSettled } from "./comparison.js";

/**
 * The exact value and gradient of a loss for one batch, the gradient for the
 * given components: in intervals of MPFR narrower than 2^-50, or of a large map
 * in balls of float64, where they state anything.
 */
export function exactLoss(
  references: readonly ExactFunction[],
  precisions: Precisions,
  logits: Float32Array,
  labels: Float32Array,
  components: readonly number[],
): ExactPoint {
  const balls = logits.length > MPFR_PIXELS ? inBalls(references, logits, labels, components) : undefined;
  if (balls) return balls;
  const isLimit = !logits.every(Number.isFinite);
  const settled = ({ value, gradient, kink }: ExactPoint) =>
    logits.length > MPFR_PIXELS ||
    (isLimit ? value.defined !== "unknown" : isSettled(value) && (kink || gradient.every(isSettled)));
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
    const point = {
      value: enclosureOf(value, 0),
      gradient: components.map((component) => enclosureOf(gradient, component)),
      kink: false,
    };
    if ([point.value, ...point.gradient].every(({ defined }) => defined === "yes")) return point;
  }
  return undefined;
}
