import { fromOrdinal, ordinal } from "../../src/inputs/float32.js";
import type { Finding, Quantity } from "../../src/judge/finding.js";
import { findLoss } from "../../src/losses/catalogue.js";
import { loadWasm } from "../../src/targets/tfjs.js";

const tf = await loadWasm();
await tf.setBackend("wasm");
await tf.setBackend("cpu");

/** A pixel, element or row as `audit explain` takes it. */
export interface DirectPoint {
  target: string;
  x: number;
  label: number;
  /** Whether a pixel has a positive of logit 16 beside it. */
  beside?: boolean;
}

/** Value or gradient of one point, by calling tfjs as a user would. */
export function direct(
  loss: string,
  implementation: string,
  quantity: Quantity,
  { target, x, label, beside = false }: DirectPoint,
): number {
  void tf.setBackend(target);
  const { point, implementations } = findLoss(loss)!;
  const { f } = implementations.find(({ name }) => name === implementation)!;
  const shape = point === "element" ? [1] : point === "row" ? [1, 2] : beside ? [1, 1, 2, 1] : [1, 1, 1, 1];
  const logits = point === "row" ? [x, 0] : beside ? [x, 16] : [x];
  const labels = point === "row" ? [label, 1 - label] : beside ? [label, 1] : [label];
  return tf.tidy(() => {
    const z = tf.tensor(labels, shape);
    const input = tf.tensor(logits, shape);
    const result = quantity === "value" ? f(input, z) : tf.grad((t) => f(t, z))(input);
    return result.dataSync()[0];
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
