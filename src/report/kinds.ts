import type { Kind } from "../judge/finding.js";

/** What a kind of finding means, for readers who meet it for the first time. */
export interface KindText {
  /** A few words. */
  title: string;
  /** What is wrong, and why that matters. */
  meaning: string;
  /** The usual cure, a sentence. */
  cure: string;
  /** Where to read about it. */
  reference: string;
}

/** Goldberg, What every computer scientist should know about floating-point arithmetic. */
const GOLDBERG = "https://doi.org/10.1145/103162.103163";
/** Higham, Accuracy and stability of numerical algorithms. */
const HIGHAM = "https://doi.org/10.1137/1.9780898718027";
/** Blanchard, Higham and Higham, Accurately computing the log-sum-exp and softmax functions. */
const LOG_SUM_EXP = "https://doi.org/10.1093/imanum/draa038";
/** Griewank and Walther, Evaluating derivatives. */
const DERIVATIVES = "https://doi.org/10.1137/1.9780898717761";
/** Moore, Kearfott and Cloud, Introduction to interval analysis. */
const INTERVALS = "https://doi.org/10.1137/1.9780898717716";

export const kindTexts: Readonly<Record<Kind, KindText>> = {
  nan: {
    title: "NaN in place of a number",
    meaning:
      "NaN where a number should be: 0 * Infinity, Infinity - Infinity, 0/0. One is enough to end a training run.",
    cure: "Find the kernel that is infinite first, and work on logits, not on probabilities.",
    reference: GOLDBERG,
  },
  overflow: {
    title: "Infinity in place of a finite number",
    meaning:
      "Infinity where the exact number is finite: exp of more than 88.72, or log of a number that was rounded to 0.",
    cure: "Use softplus or logSoftmax, or shift by the maximum before exp.",
    reference: LOG_SUM_EXP,
  },
  "dead-gradient": {
    title: "A gradient of 0 where the true one is not",
    meaning: "The gradient is 0 where the true one is not negligible: nothing is learned from this input.",
    cure: "Take the clamp away, and don't square what overflows.",
    reference: DERIVATIVES,
  },
  "wrong-sign": {
    title: "The wrong sign",
    meaning: "The number has the wrong sign; a gradient then walks away from the minimum.",
    cure: "Write sigmoid(-x) for 1 - sigmoid(x), and log1p(y) for log(1 + y).",
    reference: HIGHAM,
  },
  underflow: {
    title: "0 in place of a small number",
    meaning: "0 where the exact number is not 0.",
    cure: "Use log1p and expm1, and take sums in log space.",
    reference: GOLDBERG,
  },
  inaccurate: {
    title: "Too few right digits",
    meaning: "Off by more than atol + rtol * |exact|: mostly cancellation, as in 1 - sigmoid(x).",
    cure: "Write sigmoid(-x) for 1 - sigmoid(x), and log1p(y) for log(1 + y).",
    reference: HIGHAM,
  },
  throws: {
    title: "The function throws",
    meaning: "The function, or its gradient, throws for some inputs.",
    cure: "Its message says what is wrong; tfjs has no gradient for some kernels.",
    reference: DERIVATIVES,
  },
  unresolved: {
    title: "No exact answer",
    meaning:
      "No precision up to the cap encloses the exact answer narrowly enough to judge. Nothing is guessed.",
    cure: "Add a better conditioned implementation to the file.",
    reference: INTERVALS,
  },
  semantic: {
    title: "Another function than the loss",
    meaning:
      "Run exactly, the implementation is another function than the loss: a clamp, another normalisation, a missing parenthesis.",
    cure: "Decide which of the two is meant.",
    reference: HIGHAM,
  },
  formula: {
    title: "A gradient that is not the derivative",
    meaning:
      "The gradient that autodiff writes is not the derivative of the value: a tie of maximum, or a wrong custom gradient.",
    cure: "Write relu(x) for max(x, 0), and test custom gradients.",
    reference: DERIVATIVES,
  },
  divergence: {
    title: "Gradients that part",
    meaning: "The gradients of two implementations part, by a factor or in sign, and the other one is right.",
    cure: "See the other finding at that input.",
    reference: HIGHAM,
  },
  training: {
    title: "A training run that ends badly",
    meaning:
      "A training run reaches NaN or Infinity, or stands still with a wrong answer because the gradient is 0.",
    cure: "The message names the step, the kernel and those implementations that survive.",
    reference: DERIVATIVES,
  },
};
