import { fromOrdinal, ordinal } from "../../src/inputs/float32.js";
import type { Finding } from "../../src/judge/finding.js";
import { findLoss } from "../../src/losses/catalogue.js";
import { loadWasm } from "../../src/targets/tfjs.js";

const tf = await loadWasm();
await tf.setBackend("wasm");
await tf.setBackend("cpu");

/** Value and gradient of one point, by calling tfjs as a user would. */
export function direct(
  loss: string,
  implementation: string,
  target: string,
  x: number,
  label: number,
  beside: boolean,
): { value: number; gradient: number } {
  void tf.setBackend(target);
  const { point, implementations } = findLoss(loss)!;
  const { f } = implementations.find(({ name }) => name === implementation)!;
  const shape = point === "element" ? [1] : point === "row" ? [1, 2] : beside ? [1, 1, 2, 1] : [1, 1, 1, 1];
  const logits = point === "row" ? [x, 0] : beside ? [x, 16] : [x];
  const labels = point === "row" ? [label, 1 - label] : beside ? [label, 1] : [label];
  return tf.tidy(() => {
    const z = tf.tensor(labels, shape);
    const { value, grad } = tf.valueAndGrad((t) => f(t, z))(tf.tensor(logits, shape));
    return { value: value.dataSync()[0], gradient: grad.dataSync()[0] };
  });
}

/** Whether a number is what findings of a kind say that it is. */
export function isOf(kind: Finding["kind"], x: number): boolean {
  if (kind === "nan") return Number.isNaN(x);
  if (kind === "overflow") return Math.abs(x) === Infinity;
  if (kind === "dead-gradient" || kind === "underflow") return x === 0;
  throw new Error(`A finding of kind ${kind} can't be seen from the number alone.`);
}

export const next = (x: number) => fromOrdinal(ordinal(x) + 1);
export const previous = (x: number) => fromOrdinal(ordinal(x) - 1);

/** The smallest float32 that is at least x, and the largest that is at most x. */
export const atLeast = (x: number) => (Math.fround(x) >= x ? Math.fround(x) : next(x));
export const atMost = (x: number) => (Math.fround(x) <= x ? Math.fround(x) : previous(x));
