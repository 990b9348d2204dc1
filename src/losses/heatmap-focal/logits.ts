import type { Tensor } from "@tensorflow/tfjs";
import tf from "../../targets/shared-tfjs.cjs";
import type { Implementation } from "../loss.js";
import { positiveMask } from "./labels.js";

const source = "CenterNet's loss on logits with softplus, as first written for TensorFlow.js";

/** The sums over each sample: its loss before it is normalised, and its number of positives. */
function perSample(x: Tensor, z: Tensor): { loss: Tensor; positives: Tensor } {
  const s = tf.sigmoid(x);
  const softplus = tf.softplus(tf.neg(x));
  const positives = positiveMask(z);
  const others = tf.cast(tf.notEqual(z, 1), "float32");
  const pos = tf.mul(tf.mul(softplus, tf.square(tf.sub(1, s))), positives);
  const weights = tf.mul(tf.pow(tf.sub(1, z), 4), others);
  const neg = tf.mul(tf.mul(tf.add(x, softplus), tf.square(s)), weights);
  return { loss: tf.sum(tf.add(pos, neg), [1, 2, 3]), positives: tf.sum(positives, [1, 2, 3]) };
}

/**
 * The loss on logits: -log(σ(x)) = softplus(-x) and -log(1-σ(x)) = x + softplus(-x).
 * Logits and labels [batch, height, width, class] (or [batch, class, height,
 * width]) give one loss for each sample, [batch], divided by that sample's number
 * of positives with 0/0 = 0.
 *
 * - The gradient throws on every target: tf.divNoNan of tfjs 4.22 compares with
 *   `Equal`, which has no gradient.
 * - x < -17: x + softplus(-x) cancels to 0 for a negative (true: exp(3x), 7e-23
 *   at -17). x > 17: 1-s is 0 for a positive, and has lost its digits before.
 * - Another function than CenterNet's: a sample without positives costs nothing,
 *   each sample has its own divisor, and a label above 1 is a negative with the
 *   weight (1-z)^4.
 */
export const logits: Implementation = {
  name: "logits",
  formula:
    "divNoNan(Σ softplus(-x)*(1-s)^2*[z=1] + (x+softplus(-x))*s^2*(1-z)^4*[z!=1], Σ[z=1]) for each sample, s = sigmoid(x)",
  source,
  f: (x, z) => {
    const { loss, positives } = perSample(x, z);
    return tf.divNoNan(loss, positives);
  },
};

/**
 * `logits` with a division that has a gradient: by 1 where there are no
 * positives, and that quotient replaced by 0. The divisor comes from the labels
 * alone, so no gradient passes through the choice.
 *
 * Everything else as `logits`: the cancellations and the other normalisation. A
 * sample without positives has loss 0 and gradient 0, whatever its logits.
 */
export const logitsDifferentiable: Implementation = {
  name: "logits-differentiable",
  formula: "logits, with the quotient where(n > 0, Σ…/max(n,1), 0), n = Σ[z=1]",
  source: `${source}, with a division that has a gradient`,
  f: (x, z) => {
    const { loss, positives } = perSample(x, z);
    const quotient = tf.div(loss, tf.maximum(positives, 1));
    return tf.where(tf.greater(positives, 0), quotient, tf.zerosLike(quotient));
  },
};
