import tf from "../targets/shared-tfjs.cjs";
import type { Implementation, Loss } from "./loss.js";

/**
 * log(1 + exp(x)), as written. Elementwise; labels are ignored, as in all of softplus.
 *
 * - x >= 88.722839 (0x42b17218): exp overflows, the value is Infinity and the
 *   gradient Infinity/Infinity, NaN.
 * - x < -8: 1 + exp(x) keeps only the leading digits of exp(x); from -16.6355
 *   down (ln 2^-24) the sum is 1 and the value 0. The true value is exp(x). The
 *   gradient exp(x)/(1+exp(x)) is accurate there.
 */
const naive: Implementation = {
  name: "naive",
  formula: "log(1 + exp(x))",
  source: "The definition",
  f: (x) => tf.log(tf.add(1, tf.exp(x))),
};

/**
 * max(x,0) + log(1 + exp(-|x|)): x is taken out of the logarithm where it is
 * positive, log(1+exp(x)) = x + log(exp(-x)+1), so that exp is at most 1.
 *
 * - Nothing overflows.
 * - x < 0: loses digits as `naive` does, and is 0 from -16.6355 down.
 * - x = 0: tfjs gives max(x,0) the slope 1 and |x| the slope -1 there, in all
 *   1 + 1/2 where 1/2 is true. `tf.relu` in place of the maximum has the slope
 *   0 and gives 1/2.
 */
const overflowFree: Implementation = {
  name: "overflow-free",
  formula: "max(x,0) + log(1 + exp(-|x|))",
  source: "TensorFlow, python/ops/nn_impl.py, sigmoid_cross_entropy_with_logits, at z = 0",
  f: (x) => tf.add(tf.maximum(x, 0), tf.log(tf.add(1, tf.exp(tf.neg(tf.abs(x)))))),
};

/**
 * log1p(exp(x)): the small exp(x) is never added to 1.
 *
 * - x >= 88.722839: as `naive`, Infinity and NaN.
 * - x < 0: as accurate as the target's log1p. On wasm (tfjs 4.22) that is
 *   log(1+a), so nothing is gained there.
 */
const log1p: Implementation = {
  name: "log1p",
  formula: "log1p(exp(x))",
  source: "M. Mächler, Accurately computing log(1 - exp(-|a|)), 2012, section 2",
  f: (x) => tf.log1p(tf.exp(x)),
};

/**
 * tf.softplus, piecewise around the threshold t = ln(2^-23) + 2 = -13.94:
 * exp(x) below t, x above -t, log(1+exp(x)) between, rounded once to float32.
 *
 * Both shortcuts leave out about exp(-13.94) = 8.8e-7: half of it relative to
 * exp(x) below t, 4.4e-7 (with rounding 4.6e-7, the worst of all); relative to x
 * above -t, 6e-8.
 * The gradient is tf.sigmoid(x).
 */
const library: Implementation = {
  name: "library",
  formula: "tf.softplus(x)",
  source: "tfjs-backend-cpu, kernels/Softplus.ts",
  f: (x) => tf.softplus(x),
};

export const softplus: Loss = {
  name: "softplus",
  summary: "The smooth maximum of x and 0; the cross entropy of a logit whose label is 0.",
  formula: "log(1 + exp(x))",
  source: "C. Dugas et al., Incorporating second-order functional knowledge for better option pricing, 2001",
  point: "element",
  implementations: [naive, overflowFree, log1p, library],
  reference: ["library", "log1p"],
};
