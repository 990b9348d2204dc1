import type { Tensor } from "@tensorflow/tfjs";
import * as tf from "@tensorflow/tfjs";
import { findLoss } from "../../src/losses/catalogue.js";
import type { Implementation } from "../../src/losses/loss.js";

export function implementation(loss: string, name: string): Implementation {
  const found = findLoss(loss)?.implementations.find((each) => each.name === name);
  if (!found) {
    throw new Error(`The catalogue has no ${loss}#${name}.`);
  }
  return found;
}

/** Value and gradient of an implementation on tfjs's current backend. */
export function compute(
  f: Implementation["f"],
  shape: number[],
  logits: number[],
  labels: number[],
): { value: number[]; gradient: number[] } {
  return tf.tidy(() => {
    const z = tf.tensor(labels, shape, "float32");
    const { value, grad } = tf.valueAndGrad((x: Tensor) => f(x, z))(tf.tensor(logits, shape, "float32"));
    return { value: Array.from(value.dataSync()), gradient: Array.from(grad.dataSync()) };
  });
}

/**
 * |computed - exact| / |exact|, after taking off 2^-149, the spacing of subnormal
 * float32, which no float32 computation can better. Infinity when computed is NaN.
 */
export function relativeError(computed: number, exact: number): number {
  const error = Math.max(0, Math.abs(computed - exact) - 2 ** -149);
  return error === 0 ? 0 : Number.isNaN(error) ? Number.POSITIVE_INFINITY : error / Math.abs(exact);
}

/** The larger of both, with what it belongs to; to fold over many points. */
export interface Worst {
  error: number;
  at: string;
}

export const worse = (a: Worst, b: Worst): Worst => (b.error > a.error ? b : a);
