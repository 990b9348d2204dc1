import type { LossFunction, PointShape } from "../losses/loss.js";
import type { Tfjs } from "../targets/tfjs.js";

/** A function of probabilities as a function of logits: after the sigmoid, or the softmax over the classes of a row. */
export function onLogits(tf: Tfjs, f: LossFunction, point: PointShape | undefined): LossFunction {
  return point === "row" ? (x, z) => f(tf.softmax(x), z) : (x, z) => f(tf.sigmoid(x), z);
}
