/**
 * CenterNet's losses.py on p = sigmoid(logits). Logits and labels are a batch of
 * maps of any layout ([batch, height, width, class] or [batch, class, height,
 * width]), since everything is summed; the loss is a scalar.
 *
 * A label of 1 is a positive; less than 1 a negative with the weight (1-z)^4,
 * which is above 1 for z < 0; more than 1 is neither and adds nothing.
 */

import type { Tensor } from "@tensorflow/tfjs";
import tf from "../../targets/shared-tfjs.cjs";
import type { Implementation } from "../loss.js";
import { negativeMask, positiveMask } from "./labels.js";

const source = "CenterNet, src/lib/models/losses.py";

/**
 * CenterNet's `if num_pos == 0: -neg, else: -(pos + neg)/num_pos` with one
 * divisor, max(numPos, 1): pos is an empty sum when there is no positive. With
 * tf.where instead, the dead branch 0/0 would make every gradient NaN.
 */
function normalise(logLikelihood: Tensor, positives: Tensor): Tensor {
  return tf.neg(tf.div(logLikelihood, tf.maximum(tf.sum(positives), 1)));
}

function negLoss(p: Tensor, z: Tensor): Tensor {
  const positives = positiveMask(z);
  const weights = tf.mul(tf.pow(tf.sub(1, z), 4), negativeMask(z));
  const pos = tf.mul(tf.mul(tf.log(p), tf.pow(tf.sub(1, p), 2)), positives);
  const neg = tf.mul(tf.mul(tf.log(tf.sub(1, p)), tf.pow(p, 2)), weights);
  return normalise(tf.add(tf.sum(pos), tf.sum(neg)), positives);
}

/**
 * CenterNet's loss on p = σ(x).
 *
 * Fails, on tfjs 4.22, for one pixel (a map has the NaN of any one pixel):
 * - x >= 17.32868, where p is 1: a negative gives Infinity with a NaN gradient,
 *   a positive NaN (the 0*-Infinity of the masked log(1-p)).
 * - x < -103.97208 on cpu, -87.33655 on wasm, where p is 0: a positive gives
 *   Infinity, a negative NaN, both a NaN gradient. On cpu a positive's gradient
 *   is -Infinity from -88.73 down.
 * - A negative's value is 0 below -17.33, where 1-p is 1 (true: exp(3x)); a
 *   positive's has lost its digits near +17.
 */
export const naive: Implementation = {
  name: "naive",
  formula: "-(Σ log(p)*(1-p)^2*[z=1] + Σ log(1-p)*p^2*(1-z)^4*[z<1]) / max(Σ[z=1], 1), p = sigmoid(x)",
  source: `${source}, _neg_loss`,
  f: (x, z) => negLoss(tf.sigmoid(x), z),
};

/**
 * The same by indexing: positives and negatives are gathered, each with its own
 * logarithm, so that a masked log(0) can't make NaN of the other sort of pixel:
 * a positive at x >= 17.32868 gives 0, a negative below -103.97208 too.
 *
 * - The indices are read from the labels (never from the logits), so a recorded
 *   program holds for these labels alone.
 * - A negative at x >= 17.32868 is Infinity with a NaN gradient and a positive
 *   below -103.97208 (cpu; wasm: -87.33655) Infinity, as `naive`.
 * - The gradient of gather is UnsortedSegmentSum, which on cpu sums over a mask:
 *   the NaN of one pixel becomes the gradient of every pixel. wasm has no such
 *   kernel, and the gradient throws.
 */
export const slow: Implementation = {
  name: "slow",
  formula: "-(Σ log(p[z=1])*(1-p[z=1])^2 + Σ log(1-p[z<1])*p[z<1]^2*(1-z[z<1])^4) / max(count of z=1, 1)",
  source: `${source}, _slow_neg_loss`,
  f: (x, z) => {
    const p = tf.reshape(tf.sigmoid(x), [-1]);
    const labels = z.dataSync();
    const indices = Array.from(labels.keys());
    const positives = indices.filter((i) => labels[i] === 1);
    const negatives = indices.filter((i) => labels[i] < 1);
    // Not the sum of an empty tensor, which on wasm (tfjs 4.22) is what its memory held before.
    let logLikelihood = tf.mul(0, tf.sum(p));
    if (positives.length > 0) {
      const q = tf.gather(p, positives);
      logLikelihood = tf.add(logLikelihood, tf.sum(tf.mul(tf.log(q), tf.pow(tf.sub(1, q), 2))));
    }
    if (negatives.length > 0) {
      const q = tf.gather(p, negatives);
      const weights = tf.pow(tf.sub(1, tf.gather(tf.reshape(z, [-1]), negatives)), 4);
      logLikelihood = tf.add(
        logLikelihood,
        tf.sum(tf.mul(tf.mul(tf.log(tf.sub(1, q)), tf.pow(q, 2)), weights)),
      );
    }
    return tf.neg(tf.div(logLikelihood, Math.max(positives.length, 1)));
  },
};

/**
 * The same with one logarithm, of the probability of being right, 1-t: t is p for
 * a negative and 1-p for a positive.
 *
 * - A negative at x >= 17.32868 gives Infinity with a NaN gradient, as `naive`.
 * - A positive gives Infinity with a NaN gradient from x <= -17.33 down already:
 *   1-(1-p) is 0 long before p is.
 * - Nothing masked is infinite: the other sort of pixel gives no NaN, and a label
 *   above 1 has t = 0.
 */
export const transPred: Implementation = {
  name: "trans-pred",
  formula: "-Σ log(1-t)*t^2*((1-z)^4*[z<1] + [z=1]) / max(Σ[z=1], 1), t = p*[z<1] + (1-p)*[z=1]",
  source: `${source}, _not_faster_neg_loss`,
  f: (x, z) => {
    const p = tf.sigmoid(x);
    const positives = positiveMask(z);
    const negatives = negativeMask(z);
    const t = tf.add(tf.mul(p, negatives), tf.mul(tf.sub(1, p), positives));
    const weights = tf.add(tf.mul(tf.pow(tf.sub(1, z), 4), negatives), positives);
    return normalise(tf.sum(tf.mul(tf.mul(tf.log(tf.sub(1, t)), tf.pow(t, 2)), weights)), positives);
  },
};

/**
 * `naive` on p clamped to [1e-4, 1-1e-4], as CenterNet trains it.
 *
 * - Never Infinity or NaN for finite x.
 * - |x| > 9.21024: the value stands still and the gradient is 0. A confident
 *   mistake can't be unlearned: at x = 20, z = 0 the value is 9.208 and the
 *   gradient 0, where 20 and 1 are true.
 * - In float16 and bfloat16 0.9999 rounds to 1 and the clamp does nothing above.
 */
export const clamped: Implementation = {
  name: "clamped",
  formula: "naive on p = min(max(sigmoid(x), 1e-4), 1 - 1e-4)",
  source: "CenterNet, src/lib/models/utils.py, _sigmoid, then losses.py, _neg_loss",
  f: (x, z) => negLoss(tf.clipByValue(tf.sigmoid(x), 1e-4, 1 - 1e-4), z),
};
