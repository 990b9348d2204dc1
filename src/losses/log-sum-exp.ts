import tf from "../targets/shared-tfjs.cjs";
import type { Implementation, Loss } from "./loss.js";

/**
 * log(Σ exp(x)) over the last axis, as written. Logits [n, C] give [n]; labels
 * are ignored, as in all of log-sum-exp.
 *
 * - A logit >= 88.722839 (0x42b17218): Infinity, gradient Infinity/Infinity, NaN.
 *   A sum overflows earlier, from two logits of 88.03 on, and then with the
 *   gradient 0.
 * - All logits < -103.97208, where exp rounds to 0: log(0), -Infinity, gradient
 *   0/0, NaN. From -87.33654 down exp is subnormal and loses its digits, and from
 *   a sum of 2^-128 down the gradient is Infinity, since 1/sum is.
 * - Rows [x, 0] with x < -16.64: 0 (true: exp(x)), and so for every form here.
 */
const naive: Implementation = {
  name: "naive",
  formula: "log(Σ exp(x))",
  source: "The definition",
  f: (x) => tf.log(tf.sum(tf.exp(x), -1)),
};

/**
 * m + log(Σ exp(x-m)) with m = max(x), from exp(x) = exp(m)*exp(x-m): one
 * exponential is 1 and none is larger, so neither the exponentials overflow nor
 * the sum vanishes. Logits [n, C] give [n].
 *
 * - Backward stable for all finite logits: the error is below about (C+2)*2^-24
 *   of max(1, |log-sum-exp|). Near 0 the problem itself is ill-conditioned
 *   (logits -0.775 and -0.6175 give -5.2e-6), so no relative bound holds there.
 * - The gradient with respect to m, 1 - Σp, is 0 in exact arithmetic and a few
 *   2^-24 in float32; tfjs adds it to the largest logit's. Rows [x, 0]: 1.7e-7.
 */
const shifted: Implementation = {
  name: "shifted",
  formula: "m + log(Σ exp(x - m)), m = max(x)",
  source: "Blanchard, Higham & Higham, 2021, doi 10.1093/imanum/draa038, algorithm 3.1",
  f: (x) => {
    const m = tf.max(x, -1, true);
    return tf.add(tf.squeeze(m, [-1]), tf.log(tf.sum(tf.exp(tf.sub(x, m)), -1)));
  },
};

/** tf.logSumExp over the last axis: `shifted`, in tfjs's own code. Logits [n, C] give [n]. */
const library: Implementation = {
  name: "library",
  formula: "tf.logSumExp(x, -1)",
  source: "tfjs-core, ops/log_sum_exp.ts",
  f: (x) => tf.logSumExp(x, -1),
};

export const logSumExp: Loss = {
  name: "log-sum-exp",
  summary: "The smooth maximum of a row of logits; the normalising constant of softmax.",
  formula: "log(Σ exp(x))",
  source: "Blanchard, Higham & Higham, Accurately computing the log-sum-exp and softmax functions, 2021",
  point: "row",
  implementations: [naive, shifted, library],
  reference: ["shifted", "library", "naive"],
};
