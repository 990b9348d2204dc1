import type { Subject } from "../audit/subject.js";
import { evaluateBallArrays } from "../evaluate/ball-arrays.js";
import { valueAndGradient } from "../evaluate/target-function.js";
import { relativeError } from "../judge/classify.js";
import type { ExactFunction } from "../oracle/exact-function.js";
import type { Target } from "../targets/targets.js";
import type { Batch } from "./points.js";

/**
 * The pixel whose gradient is furthest from exact, NaN and Infinity first. Which
 * one it is decides what is shown and no more, so the middles of the balls of a
 * reference stand for the exact gradient.
 */
export function worstPixel(
  subject: Pick<Subject, "f">,
  references: readonly ExactFunction[],
  { shape, logits, labels }: Batch,
  target: Target,
): number {
  let computed: Float32Array | string;
  try {
    computed = valueAndGradient(target, subject.f, [...shape], logits, labels).gradient;
  } catch {
    return 0;
  }
  if (typeof computed === "string") return 0;
  const exact = exactGradient(references, logits, labels);
  let worst = 0;
  let most = -1;
  computed.forEach((x, i) => {
    const error = badness(x, exact?.[i] ?? Number.NaN);
    if (error > most) {
      worst = i;
      most = error;
    }
  });
  return worst;
}

/** Where nothing exact is known, a large gradient is as good as a bad one. */
function badness(computed: number, exact: number): number {
  if (Number.isNaN(computed)) return Number.POSITIVE_INFINITY;
  if (Number.isNaN(exact)) return Math.abs(computed);
  // A gradient of 0 is off by 100 %, also where it hardly matters: the larger one matters more.
  return computed === 0 ? Math.abs(exact) : Math.min(relativeError(computed, exact), Number.MAX_VALUE);
}

function exactGradient(
  references: readonly ExactFunction[],
  logits: Float32Array,
  labels: Float32Array,
): Float64Array | undefined {
  for (const reference of references) {
    const program = reference.program(logits, labels);
    if (program.gradient !== undefined) return evaluateBallArrays(program, logits, labels).gradient?.mid;
  }
  return undefined;
}
