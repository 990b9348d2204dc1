import type { NamedAttrMap, NamedTensorMap, Tensor } from "@tensorflow/tfjs";
import type { LossFunction } from "../losses/loss.js";
import { messageOf } from "../message-of.js";
import type { Program, Value } from "../program/program.js";
import type { BatchResult, Replay } from "./target.js";
import type { Tfjs } from "./tfjs.js";

/** How numbers come back: at once, or later where a device computes on its own. */
export type Read = (tensor: Tensor) => ArrayLike<number> | Promise<ArrayLike<number>>;

/** Reads that block, of backends that compute in this process. */
export const readAtOnce: Read = (tensor) => tensor.dataSync();
/** Reads of backends on a device, which have no others. */
export const readLater: Read = (tensor) => tensor.data();

/**
 * Value and gradient of one batch on the current backend. The gradient is that
 * of the sum of the result; in its place what tfjs threw, when only the gradient
 * throws. The inputs are copied: a function that writes into them spoils nothing.
 */
export async function valueAndGradient(
  tf: Tfjs,
  f: LossFunction,
  shape: readonly number[],
  logits: Float32Array,
  labels: Float32Array,
  read: Read,
): Promise<BatchResult> {
  const { value, gradient } = launch(tf, f, shape, logits, labels);
  try {
    // Both are asked for at once: a device answers later, and meanwhile computes what comes next.
    const [values, slopes] = await Promise.all([
      read(value),
      typeof gradient === "string" ? gradient : read(gradient),
    ]);
    return { value: floats(values), gradient: typeof slopes === "string" ? slopes : floats(slopes) };
  } finally {
    value.dispose();
    if (typeof gradient !== "string") gradient.dispose();
  }
}

function launch(
  tf: Tfjs,
  f: LossFunction,
  shape: readonly number[],
  logits: Float32Array,
  labels: Float32Array,
): { value: Tensor; gradient: Tensor | string } {
  const engine = tf.engine();
  // A clone, since a function may return a tensor that it keeps for its next call.
  const kept = (tensor: Tensor) => tf.keep(tensor.clone());
  engine.startScope("audit");
  try {
    const x = tf.tensor(logits.slice(), [...shape]);
    const z = tf.tensor(labels.slice(), [...shape]);
    let result: Tensor | undefined;
    try {
      const { grads } = engine.gradients(() => {
        result = f(x, z);
        return result;
      }, [x]);
      return { value: kept(result as unknown as Tensor), gradient: kept(grads[0]) };
    } catch (error) {
      // tfjs keeps what it saved for a backward pass that ends halfway or never comes.
      for (const node of engine.state.activeTape ?? []) for (const saved of node.saved ?? []) saved.dispose();
      if (result === undefined) throw error;
      return { value: kept(f(x, z)), gradient: messageOf(error) };
    }
  } finally {
    engine.endScope();
  }
}

/** Runs the kernels of a program one by one on the current backend and keeps every result. */
export async function replayProgram(
  tf: Tfjs,
  program: Program,
  logits: Float32Array,
  labels: Float32Array,
  read: Read,
): Promise<Replay> {
  const values: Replay["values"] = program.values.map((value) => value.constant);
  values[program.logits] = logits;
  values[program.labels] = labels;
  const tensors = new Map<number, Tensor>();
  const tensor = (id: number): Tensor => {
    const known = tensors.get(id);
    if (known) return known;
    const made = tensorOf(tf, values[id] as ArrayLike<number>, program.values[id]);
    tensors.set(id, made);
    return made;
  };
  try {
    for (const { kernel, inputs, attrs, outputs } of program.nodes) {
      // A kernel that takes a list reads it as an array.
      const isList = inputs.length > 0 && inputs.every(({ name }, i) => name === String(i));
      const given = isList
        ? inputs.map(({ value }) => tensor(value))
        : Object.fromEntries(inputs.map(({ name, value }) => [name, tensor(value)]));
      let results: Tensor[];
      try {
        results = [
          tf.engine().runKernel(kernel, given as unknown as NamedTensorMap, attrs as unknown as NamedAttrMap),
        ].flat() as Tensor[];
      } catch (error) {
        return { values, stopped: `${kernel} throws: ${messageOf(error)}` };
      }
      for (const [i, output] of outputs.entries()) {
        tensors.set(output, results[i]);
        values[output] = await read(results[i]);
      }
    }
    return { values };
  } finally {
    for (const made of tensors.values()) made.dispose();
  }
}

function tensorOf(tf: Tfjs, data: ArrayLike<number>, { shape, dtype }: Value): Tensor {
  return tf.tensor(Array.from(data), [...shape], dtype);
}

function floats(data: ArrayLike<number>): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data);
}
