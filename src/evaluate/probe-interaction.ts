import type { LossFunction } from "../losses/loss.js";
import type { Tfjs } from "../targets/tfjs.js";
import { callLoss, type Inputs } from "./probe-call.js";
import { filled } from "./probe-trials.js";

/** The first lies among probabilities too; the second passes the margins of hinges. */
const PAIRS = [
  [0.25, 0.75],
  [-4, 4],
];

/**
 * Whether the loss is more than a sum of functions of single logits, as far as
 * logits i and j go: L(a,a) + L(b,b) - L(a,b) - L(b,a) is 0 for a sum. For the
 * softmax it is 2 ln cosh((b-a)/2), 0.06 for the first pair, 0.02 in a mean of three rows.
 */
export function interact(f: LossFunction, tf: Tfjs, inputs: Inputs, i: number, j: number): boolean {
  const loss = (x: number, y: number) => {
    const logits = filled(inputs.shape, 0.25);
    logits[i] = x;
    logits[j] = y;
    // With weights, since the losses of a row may cancel in their sum: those of a bare softmax add up to 1.
    return callLoss(f, tf, { ...inputs, logits }).values.reduce((sum, value, k) => sum + (k + 1) * value, 0);
  };
  return PAIRS.some(([a, b]) => {
    try {
      const [equal, mixed] = [loss(a, a) + loss(b, b), loss(a, b) + loss(b, a)];
      return Math.abs(equal - mixed) > 1e-4 * Math.max(1, Math.abs(equal));
    } catch {
      return false; // it throws for these inputs; what it says about others decides
    }
  });
}

/** The softmax of one class is 1 whatever its logit: a loss over classes can't be seen there. */
export function isConstant(f: LossFunction, tf: Tfjs, rank: number): boolean {
  const shape = new Array<number>(rank).fill(1);
  try {
    const [first, second] = [0.25, 0.75].map(
      (x) => callLoss(f, tf, { shape, logits: filled(shape, x), labels: filled(shape, 1) }).values[0],
    );
    return Math.abs(first - second) < 1e-6;
  } catch {
    return false;
  }
}
