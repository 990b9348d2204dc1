/**
 * TensorFlow's derivation of sigmoid cross entropy, x = logits, z = labels: one
 * implementation for each line. All lines are the same mathematics; each is
 * coded with its own operations in its own order, so that an audit shows where
 * that line stops being computable. Elementwise: the loss has the shape of the
 * logits. Labels beyond [0,1] are computed like any others.
 *
 * "Fails" below means float32 on tfjs 4.22 cpu and wasm, swept over [-120,120]
 * with labels 0 and 1. The limits that keep coming back: exp is Infinity from
 * 88.722839 (0x42b17218) on and 0 below -103.97208; 1 + exp(-x) is 1 from
 * 16.635532 (0x41851592) on; sigmoid is 1 from 17.32868 on.
 */
import tf from "../../targets/shared-tfjs.cjs";
import type { Implementation } from "../loss.js";

const source = "TensorFlow, python/ops/nn_impl.py, sigmoid_cross_entropy_with_logits";

/**
 * z*-log(σ(x)) + (1-z)*-log(1-σ(x)): the definition, by way of the probability.
 *
 * Fails:
 * - x >= 17.32868, where σ(x) is 1: z = 0 gives -log(0), Infinity, with a NaN
 *   gradient; z = 1 gives 0*Infinity, NaN. Below that, 1-σ(x) has lost its
 *   digits one by one: relative errors above 1e-5 from x = 5.9, of 50% and more
 *   near 17.
 * - x < -103.97208 on cpu, -87.33655 on wasm, where σ(x) is 0: z = 0 gives NaN,
 *   z = 1 Infinity, both a NaN gradient. For z = 1 the gradient is -Infinity on
 *   cpu from -88.73 down already, since 1/σ(x) overflows.
 * - z = 0, x < -17.33: 1-σ(x) is 1 and the value 0 (true: exp(x)).
 */
export const naive: Implementation = {
  name: "naive",
  formula: "z*-log(sigmoid(x)) + (1-z)*-log(1 - sigmoid(x))",
  source: `${source}, line 1 of the derivation`,
  f: (x, z) => {
    const p = tf.sigmoid(x);
    const positive = tf.mul(z, tf.neg(tf.log(p)));
    const negative = tf.mul(tf.sub(1, z), tf.neg(tf.log(tf.sub(1, p))));
    return tf.add(positive, negative);
  },
};

/**
 * σ written out: σ(x) = 1/(1+exp(-x)), 1-σ(x) = exp(-x)/(1+exp(-x)). The second
 * quotient no longer cancels for large x.
 *
 * Fails:
 * - x <= -88.73, where exp(-x) is Infinity: Infinity/Infinity, all NaN.
 * - x in [-88.72,-44.37], z = 1: the gradient is 0 where -1 is true. The
 *   derivative of a quotient divides by (1+exp(-x))^2, which overflows twice as
 *   early. A confident mistake is not unlearned.
 * - x > 103.97208, where exp(-x) is 0: z = 0 gives Infinity, z = 1 NaN; for
 *   z = 0 the gradient is NaN from 88.73 on.
 * - Values whose true size is exp(-|x|) are 0 beyond ±17.
 */
export const line2: Implementation = {
  name: "line-2",
  formula: "z*-log(1/(1 + exp(-x))) + (1-z)*-log(exp(-x)/(1 + exp(-x)))",
  source: `${source}, line 2 of the derivation`,
  f: (x, z) => {
    const e = tf.exp(tf.neg(x));
    const positive = tf.mul(z, tf.neg(tf.log(tf.div(1, tf.add(1, e)))));
    const negative = tf.mul(tf.sub(1, z), tf.neg(tf.log(tf.div(e, tf.add(1, e)))));
    return tf.add(positive, negative);
  },
};

/**
 * The quotients taken apart: -log(1/a) = log(a) and -log(e/a) = -log(e) + log(a).
 *
 * Fails:
 * - x <= -88.73: log(exp(-x)) is Infinity, Infinity-Infinity, NaN.
 * - x > 103.97208: log(0); z = 0 gives Infinity, z = 1 NaN (0*Infinity). For
 *   z = 0 the gradient is Infinity from 88.73 on.
 * - z = 0, x < -14.6: -log(e) + log(1+e) cancels to 0 (true: exp(x)), and so
 *   does its gradient from -17.3 down.
 * - z = 1, x >= 16.64: 0 (true: exp(-x)).
 */
export const line3: Implementation = {
  name: "line-3",
  formula: "z*log(1 + exp(-x)) + (1-z)*(-log(exp(-x)) + log(1 + exp(-x)))",
  source: `${source}, line 3 of the derivation`,
  f: (x, z) => {
    const e = tf.exp(tf.neg(x));
    const logOnePlus = tf.log(tf.add(1, e));
    const negative = tf.mul(tf.sub(1, z), tf.add(tf.neg(tf.log(e)), logOnePlus));
    return tf.add(tf.mul(z, logOnePlus), negative);
  },
};

/**
 * -log(exp(-x)) = x: the logarithm of 0 is gone, large x are right.
 *
 * Fails:
 * - x <= -88.73: x + log(1+exp(-x)) is Infinity, and NaN for z = 1 (0*Infinity);
 *   every gradient is NaN (Infinity/Infinity).
 * - z = 0, x < -14.6: x + log(1+exp(-x)) cancels to 0 or a few 2^-21 of either
 *   sign (true: exp(x)); the gradient is noise of 2^-24 of either sign.
 * - z = 1, x >= 16.64: 0 (true: exp(-x)). The gradient is right.
 */
export const line4: Implementation = {
  name: "line-4",
  formula: "z*log(1 + exp(-x)) + (1-z)*(x + log(1 + exp(-x)))",
  source: `${source}, line 4 of the derivation`,
  f: (x, z) => {
    const logOnePlus = tf.log(tf.add(1, tf.exp(tf.neg(x))));
    return tf.add(tf.mul(z, logOnePlus), tf.mul(tf.sub(1, z), tf.add(x, logOnePlus)));
  },
};

/**
 * The weights z and 1-z of the logarithm add up to 1.
 *
 * Fails:
 * - x <= -88.73: the value is Infinity for every label, with a NaN gradient.
 * - z = 0, x < -14.6 and z = 1, x >= 16.64: as `line-4`.
 */
export const line5: Implementation = {
  name: "line-5",
  formula: "(1-z)*x + log(1 + exp(-x))",
  source: `${source}, line 5 of the derivation`,
  f: (x, z) => tf.add(tf.mul(tf.sub(1, z), x), tf.log(tf.add(1, tf.exp(tf.neg(x))))),
};

/**
 * (1-z)*x multiplied out.
 *
 * Fails as `line-5`, and z = 1, x >= 17.33 has the gradient 0 (true: -exp(-x)):
 * now 1 and -z are added to it one after the other.
 */
export const line6: Implementation = {
  name: "line-6",
  formula: "x - x*z + log(1 + exp(-x))",
  source: `${source}, line 6 of the derivation`,
  f: (x, z) => tf.add(tf.sub(x, tf.mul(x, z)), tf.log(tf.add(1, tf.exp(tf.neg(x))))),
};

/**
 * x = log(exp(x)), a step towards a form for x < 0 that by itself adds a failure.
 *
 * Fails:
 * - x >= 88.73: log(exp(x)) is Infinity, with a NaN gradient.
 * - x <= -88.73: Infinity, and NaN (-Infinity+Infinity) from -103.98 down; the
 *   gradient is NaN.
 * - Cancels as `line-6` does; the rounding of exp(x)/exp(x) adds noise to the
 *   gradient, which has the wrong sign at some floats.
 */
export const line7: Implementation = {
  name: "line-7",
  formula: "log(exp(x)) - x*z + log(1 + exp(-x))",
  source: `${source}, line 7 of the derivation`,
  f: (x, z) => tf.add(tf.sub(tf.log(tf.exp(x)), tf.mul(x, z)), tf.log(tf.add(1, tf.exp(tf.neg(x))))),
};

/**
 * The two logarithms put together: log(exp(x)) + log(1+exp(-x)) = log(exp(x)+1).
 * The mirror image of `line-5`: right for x < 0, overflow for x > 0.
 *
 * Fails:
 * - x >= 88.73: Infinity for every label, with a NaN gradient.
 * - z = 0, x < -16.64: 0 (true: exp(x)).
 * - z = 1, x > 14.6: -x + log(1+exp(x)) cancels to 0 (true: exp(-x)), and its
 *   gradient to noise of either sign.
 */
export const line8: Implementation = {
  name: "line-8",
  formula: "-x*z + log(1 + exp(x))",
  source: `${source}, line 8 of the derivation`,
  f: (x, z) => tf.add(tf.mul(tf.neg(x), z), tf.log(tf.add(1, tf.exp(x)))),
};
