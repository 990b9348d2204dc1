import type { Tensor } from "@tensorflow/tfjs";
import type { LossFunction } from "../losses/loss.js";
import type { Tfjs } from "../targets/tfjs.js";
import type { Inputs } from "./probe-call.js";

/**
 * Which of its inputs a function writes into or disposes of in one call, on the
 * current backend; undefined for neither.
 */
export function mutatedInput(f: LossFunction, tf: Tfjs, inputs: Inputs): "logits" | "labels" | undefined {
  let mutated: "logits" | "labels" | undefined;
  tf.tidy(() => {
    const logits = tf.tensor(inputs.logits.slice(), [...inputs.shape]);
    const labels = tf.tensor(inputs.labels.slice(), [...inputs.shape]);
    try {
      f(logits, labels);
    } catch {
      // What it throws is found elsewhere; it may have written before.
    }
    if (!holds(logits, inputs.logits)) mutated = "logits";
    else if (!holds(labels, inputs.labels)) mutated = "labels";
  });
  return mutated;
}

function holds(tensor: Tensor, data: Float32Array): boolean {
  return !tensor.isDisposed && tensor.dataSync().every((value, i) => Object.is(value, data[i]));
}

/**
 * How many tensors one call of a function and its gradient leave behind; of the
 * function alone where its gradient throws. A first call is not counted: a
 * constant that is made once and kept is no leak.
 */
export function leakedTensors(f: LossFunction, tf: Tfjs, inputs: Inputs): number {
  const input = (data: Float32Array) => tf.tensor(data.slice(), [...inputs.shape]);
  try {
    return survivors(tf, () => {
      const labels = input(inputs.labels);
      tf.grad((logits) => f(logits, labels))(input(inputs.logits));
    });
  } catch {
    return survivors(tf, () => {
      f(input(inputs.logits), input(inputs.labels));
    });
  }
}

function survivors(tf: Tfjs, call: () => void): number {
  tf.tidy(call);
  const before = tf.memory().numTensors;
  tf.tidy(call);
  return tf.memory().numTensors - before;
}
