import type { Subject } from "../audit/subject.js";
import { evaluateBallArrays } from "../evaluate/ball-arrays.js";
import { badnessOf } from "../judge/badness.js";
import { classify, type Tolerance } from "../judge/classify.js";
import type { ExactFunction } from "../oracle/exact-function.js";
import type { Target } from "../targets/target.js";
import { compute } from "./computed-point.js";
import type { Batch } from "./points.js";

/**
 * The pixel with the worst verdict on its gradient, and of those the one that is
 * furthest from exact. Which one it is decides what is shown and no more, so the
 * middles of the balls of a reference stand for the exact gradient. All functions
 * are those of the batch.
 */
export async function worstPixel(
  subject: Pick<Subject, "name" | "f" | "shape">,
  references: readonly ExactFunction[],
  { logits, labels }: Pick<Batch, "logits" | "labels">,
  target: Target,
  tolerance: Tolerance,
): Promise<number> {
  const { gradient } = await compute(target, subject, { shape: subject.shape, logits, labels });
  if (!(gradient instanceof Float32Array)) return 0;
  const exact = exactGradient(references, logits, labels);
  let worst = 0;
  let code = -1;
  let most = 0;
  gradient.forEach((x, i) => {
    const y = exact?.[i] ?? x;
    const verdict = classify(x, y, "gradient", tolerance);
    const badness = badnessOf(x, y, logits[i]);
    if (verdict > code || (verdict === code && badness > most)) {
      worst = i;
      code = verdict;
      most = badness;
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
