import tf from "../../targets/shared-tfjs.cjs";
import type { Implementation } from "../loss.js";
import { positiveMask } from "./labels.js";

/**
 * CenterNet's loss with one function for both sorts of pixels. A pixel is wrong
 * by y: y = x for a negative, and y = -x for a positive, since 1-σ(x) = σ(-x).
 * Its cost is softplus(y)*σ(y)^2, which has no difference in it: -log(1-σ(y)) =
 * softplus(y). The weights are 1 and max(1-z,0)^4, so that a label above 1 costs
 * nothing. Logits and labels are a batch of maps of any layout; the loss is a
 * scalar, divided by the positives of the whole batch, or by 1 without any.
 *
 * - On [-80,80], for a pixel of any label in [0,1], value and gradient are within
 *   2e-6 relative of exact, apart from 2^-149 where they are subnormal. Measured
 *   for labels 0 and 1: value 5.9e-7 on cpu and 7.6e-7 on wasm (near -14, where
 *   tf.softplus changes its formula), gradient 9.7e-7 on both (at 17.3287, where
 *   σ rounds to 1 and 2*softplus(y)*σ(y)^2*(1-σ(y)) is dropped).
 * - Finite for all finite logits; the gradient up to 1.7e38.
 */
export const stable: Implementation = {
  name: "stable",
  formula: "Σ softplus(y)*sigmoid(y)^2*([z=1] + max(1-z,0)^4) / max(Σ[z=1], 1), y = -x where z=1, else x",
  source: "CenterNet's _neg_loss with -log(1-sigmoid(y)) = softplus(y)",
  f: (x, z) => {
    const positives = positiveMask(z);
    const y = tf.mul(x, tf.sub(1, tf.mul(2, positives)));
    const weights = tf.add(positives, tf.pow(tf.relu(tf.sub(1, z)), 4));
    const loss = tf.sum(tf.mul(tf.mul(tf.softplus(y), tf.square(tf.sigmoid(y))), weights));
    return tf.div(loss, tf.maximum(tf.sum(positives), 1));
  },
};
