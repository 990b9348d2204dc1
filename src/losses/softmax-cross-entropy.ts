import tf from "../targets/shared-tfjs.cjs";
import type { Implementation, Loss } from "./loss.js";

/**
 * -Σ z*log(p), p = exp(x)/Σ exp(x), as written. Logits and labels [n, C] give
 * [n]; the labels of a row are a distribution, not an index.
 *
 * - A logit >= 88.722839 (0x42b17218): exp overflows, p is Infinity/Infinity, NaN.
 * - A logit 103.98 below the largest: its p rounds to 0 and log(p) is -Infinity;
 *   the loss is Infinity if its label is not 0, and NaN (0*-Infinity) if it is.
 *   On targets that flush subnormals, 87.34 below is enough.
 * - A sum of exponentials above 1.8e19, one logit above 44.36: the gradient of
 *   the quotient divides by the square of it, which is Infinity. Rows [x, 0] with
 *   x in [44.37,88.72] have the gradient 0 where the label says 0 and 1 is true.
 * - Where one class has label 1 and leads by more than 16.64, its p rounds to 1
 *   and the value is 0.
 */
const naive: Implementation = {
  name: "naive",
  formula: "-Σ z*log(exp(x)/Σ exp(x))",
  source: "The definition",
  f: (x, z) => {
    const e = tf.exp(x);
    const p = tf.div(e, tf.sum(e, -1, true));
    return tf.neg(tf.sum(tf.mul(z, tf.log(p)), -1));
  },
};

/**
 * -Σ z*(x - m - log(Σ exp(x-m))), m = max(x): log(p) without p, from
 * log(exp(x)/Σ exp(x)) = x - log(Σ exp(x)) and the shift of log-sum-exp. Logits
 * and labels [n, C] give [n].
 *
 * - Finite for all logits whose differences are; absolute error a few 2^-24 of
 *   max(1, value).
 * - Where one class has label 1 and leads by more than 16.64, 1 + exp(-lead)
 *   rounds to 1 and the value is 0 (true: about exp(-lead)). Its gradient is right
 *   all the same: p - z is 0, but what comes back through m, minus the sum of the
 *   other classes' gradients, is added to it. Rows [x, 0] stay within 1.7e-7.
 */
const shifted: Implementation = {
  name: "shifted",
  formula: "-Σ z*(x - m - log(Σ exp(x - m))), m = max(x)",
  source: "Blanchard, Higham & Higham, 2021, doi 10.1093/imanum/draa038, section 1",
  f: (x, z) => {
    const y = tf.sub(x, tf.max(x, -1, true));
    const logP = tf.sub(y, tf.log(tf.sum(tf.exp(y), -1, true)));
    return tf.neg(tf.sum(tf.mul(z, logP), -1));
  },
};

/**
 * tf.losses.softmaxCrossEntropy: -Σ z*(x - logSumExp(x)). Logits and labels
 * [n, C] give [n].
 *
 * - The shift is added back before it is taken off again: logits near X cost
 *   about X*2^-24 of absolute error, where `shifted` costs none. Rows of
 *   [80, 79] are off by 1.3e-6.
 * - The gradient of a leading class with label 1 is p - 1, which is 0 from a lead
 *   of 16.64 on, with logits [x, 0] from 14.44 on (true: -exp(-lead)).
 * - Its custom gradient is p - z. The derivative is p*Σz - z: the same if the
 *   labels of a row sum to 1 exactly, which [0.1, 0.9] in float32 do not (by
 *   2^-26 or so), and quite another one if they do not sum to 1 at all.
 */
const library: Implementation = {
  name: "library",
  formula: "tf.losses.softmaxCrossEntropy(z, x)",
  source: "tfjs-core, ops/losses/softmax_cross_entropy.ts",
  f: (x, z) => tf.losses.softmaxCrossEntropy(z, x, undefined, 0, tf.Reduction.NONE),
};

export const softmaxCrossEntropy: Loss = {
  name: "softmax-cross-entropy",
  summary: "The cross entropy between a distribution over classes and the softmax of a row of logits.",
  formula: "-Σ z*log(p), p = exp(x)/Σ exp(x)",
  source: "I. Goodfellow et al., Deep Learning, 2016, section 6.2.2.3",
  point: "row",
  implementations: [naive, shifted, library],
  reference: ["shifted"],
};
