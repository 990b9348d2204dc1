import type { Subject } from "../audit/subject.js";
import { evaluateBallArrays } from "../evaluate/ball-arrays.js";
import { valueAndGradient } from "../evaluate/target-function.js";
import { classify, relativeError } from "../judge/classify.js";
import type { ExactFunction } from "../oracle/exact-function.js";
import { useBackend } from "../targets/backend.js";
import type { Target } from "../targets/targets.js";
import { TOLERANCE } from "./comparison.js";
import type { Batch } from "./points.js";

/**
 * The pixel with the worst verdict on its gradient, and of those the one that is
 * furthest from exact. Which one it is decides what is shown and no more, so the
 * middles of the balls of a reference stand for the exact gradient.
 */
export function worstPixel(
  subject: Pick<Subject, "f">,
  references: readonly ExactFunction[],
  { shape, logits, labels }: Batch,
  target: Target,
): number {
  useBackend(target.tf, target.description.backend);
  let computed: Float32Array | string;
  try {
    computed = valueAndGradient(target, subject.f, [...shape], logits, labels).gradient;
  } catch {
    return 0;
  }
  if (typeof computed === "string") return 0;
  const exact = exactGradient(references, logits, labels);
  let worst = 0;
  let code = -1;
  let most = -1;
  computed.forEach((x, i) => {
    const y = exact?.[i] ?? x;
    const verdict = classify(x, y, "gradient", TOLERANCE);
    // Every gradient of 0 is off by 100 %: the larger one matters more.
    const error = x === 0 ? Math.abs(y) : relativeError(x, y);
    if (verdict > code || (verdict === code && error > most)) {
      worst = i;
      code = verdict;
      most = error;
    }
  });
  return worst;
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
