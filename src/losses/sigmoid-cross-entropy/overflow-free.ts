/**
 * The forms of sigmoid cross entropy that don't overflow, x = logits, z = labels.
 * Elementwise: the loss has the shape of the logits. Finite for every finite x
 * with labels in [0,1]; what they differ in is how many digits are left where
 * the loss is small. For labels between 0 and 1 all but `softplus` also lose |x|*2^-24
 * in max(x,0) - x*z, a difference of two large numbers when z is close to 1.
 * Measured on tfjs 4.22, cpu and wasm, over [-120,120].
 */
import tf from "../../targets/shared-tfjs.cjs";
import type { Implementation } from "../loss.js";

/**
 * -x*z + log(1+exp(-|x|)) + max(x,0): `line-8` for x < 0 and `line-6` for x > 0,
 * of which each is the one that does not overflow there.
 *
 * - z = 0, x < -16.64: 0 (true: exp(x)), since 1+exp(-|x|) is 1. From -5 down
 *   the relative error is above 1e-5.
 * - z = 1, x > 14.44: -x + exp(-x) rounds to -x before x is added: 0, and the
 *   gradient is 0 from 17.33 on (true: -exp(-x)).
 * - x = 0: the gradient is 1.5-z where 0.5-z is true. tfjs gives max(x,0) the
 *   slope 1 and |x| the slope -1 at 0; `tf.relu`, whose slope is 0 there, cures it.
 */
export const overflowFree: Implementation = {
  name: "overflow-free",
  formula: "-x*z + log(1 + exp(-|x|)) + max(x,0)",
  source:
    "TensorFlow, python/ops/nn_impl.py, sigmoid_cross_entropy_with_logits, the last line of the derivation",
  f: (x, z) =>
    tf.add(tf.add(tf.mul(tf.neg(x), z), tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(x)))))), tf.maximum(x, 0)),
};

/**
 * max(x,0) - x*z + log1p(exp(-|x|)), TensorFlow's form: max(x,0) - x*z is exact
 * for z = 0 and 1, and log1p keeps the small exponential.
 *
 * - cpu: value within 1.0e-7 relative for labels 0 and 1.
 * - wasm: log1p is log(1+a) there; values below 2^-24 are 0, as `overflow-free`.
 * - z = 1, x >= 16.64: the gradient is 0 (true: -exp(-x), -4.1e-8 at 17): tfjs
 *   adds -exp(-x)/(1+exp(-x)), -z and 1 in this order.
 * - x = 0: the gradient is 1.5-z where 0.5-z is true, as `overflow-free`.
 */
export const tensorflow: Implementation = {
  name: "tensorflow",
  formula: "max(x,0) - x*z + log1p(exp(-|x|))",
  source: "TensorFlow, python/ops/nn_impl.py, sigmoid_cross_entropy_with_logits",
  f: (x, z) => tf.add(tf.sub(tf.maximum(x, 0), tf.mul(x, z)), tf.log1p(tf.exp(tf.neg(tf.abs(x))))),
};

/**
 * tf.losses.sigmoidCrossEntropy with Reduction.NONE: relu(x) - x*z +
 * log1p(exp(-|x|)).
 *
 * As `tensorflow`, but for x = 0: the slope of relu is 0 there, that of |x| is
 * -1, and the gradient 0.5-z is right.
 */
export const library: Implementation = {
  name: "library",
  formula: "tf.losses.sigmoidCrossEntropy(z, x)",
  source: "tfjs-core, ops/losses/sigmoid_cross_entropy.ts",
  f: (x, z) => tf.losses.sigmoidCrossEntropy(z, x, undefined, 0, tf.Reduction.NONE),
};

/**
 * z*softplus(-x) + (1-z)*softplus(x), from -log(σ(x)) = softplus(-x) and
 * 1-σ(x) = σ(-x): for z in [0,1] a sum of products of what is not negative, so
 * that nothing cancels in value. The gradient is (1-z)*σ(x) - z*σ(-x).
 *
 * - Value within 4.6e-7 relative (tf.softplus just below -13.94), gradient
 *   within 5.9e-8 on cpu and 2.6e-7 on wasm, for labels 0 and 1.
 * - wasm: σ is 0 below -87.33655, and with it a gradient below 1.2e-38.
 * - Labels beyond [0,1]: the loss is right as a function, but cancels.
 */
export const softplus: Implementation = {
  name: "softplus",
  formula: "z*softplus(-x) + (1-z)*softplus(x)",
  source: "Line 1 of TensorFlow's derivation with -log(sigmoid(x)) = softplus(-x)",
  f: (x, z) => tf.add(tf.mul(z, tf.softplus(tf.neg(x))), tf.mul(tf.sub(1, z), tf.softplus(x))),
};
