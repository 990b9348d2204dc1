import type { Tensor } from "@tensorflow/tfjs";
import type { LossFunction } from "../losses/loss.js";
import { useBackend } from "../targets/backend.js";
import type { Target } from "../targets/targets.js";

/** What a function gave for n points; all arrays hold float32 as the target gave them. */
export interface Computed {
  /** One loss a point; NaN where the function threw. */
  value: Float32Array;
  /** One number for each logit of each point; NaN where the function or its gradient threw. */
  gradient: Float32Array;
  /** Bit 0: the value threw; bit 1: the gradient threw. */
  threw: Uint8Array;
}

export const VALUE_THREW = 1;
export const GRADIENT_THREW = 2;

/** Pieces of a batch below this size are searched point by point for those that throw. */
const SEARCHED = 512;

/** A user's function on a target, fed with points. */
export class TargetFunction {
  /** What it threw last. */
  lastError = "";
  readonly #target: Target;
  readonly #f: LossFunction;
  readonly #shape: readonly number[];
  readonly #batched: boolean;
  readonly #size: number;
  #threw = false;

  /**
   * `shape` is that of one point, with a leading axis of 1; `batched` says that
   * n points in this axis give n losses, each of its own point alone.
   */
  constructor(target: Target, f: LossFunction, shape: readonly number[], batched: boolean) {
    this.#target = target;
    this.#f = f;
    this.#shape = shape;
    this.#batched = batched;
    this.#size = shape.reduce((a, b) => a * b, 1);
  }

  /**
   * Evaluates n points; both arrays hold n times as many numbers as a point has.
   * True when something threw; `out.threw` says where.
   */
  evaluate(logits: Float32Array, labels: Float32Array, n: number, out: Computed): boolean {
    this.#threw = false;
    useBackend(this.#target.tf, this.#target.description.backend);
    out.threw.fill(0, 0, n);
    if (this.#batched) this.#piece(logits, labels, 0, n, out);
    else for (let i = 0; i < n; i++) this.#piece(logits, labels, i, i + 1, out);
    return this.#threw;
  }

  #piece(logits: Float32Array, labels: Float32Array, from: number, to: number, out: Computed): void {
    const size = this.#size;
    const shape = [to - from, ...this.#shape.slice(1)];
    const x = logits.subarray(from * size, to * size);
    const z = labels.subarray(from * size, to * size);
    try {
      const { value, gradient } = valueAndGradient(this.#target, this.#f, shape, x, z);
      if (value.length !== to - from) {
        throw new Error(
          `${value.length} numbers came back for ${to - from} points, where one number for each was expected`,
        );
      }
      out.value.set(value, from);
      if (gradient instanceof Float32Array) out.gradient.set(gradient, from * size);
      else {
        this.#threw = true;
        this.lastError = gradient;
        out.threw.fill(GRADIENT_THREW, from, to);
        out.gradient.fill(Number.NaN, from * size, to * size);
      }
    } catch (error) {
      this.#threw = true;
      this.lastError = error instanceof Error ? error.message : String(error);
      if (to - from > 1 && to - from <= SEARCHED) {
        for (let i = from; i < to; i++) this.#piece(logits, labels, i, i + 1, out);
      } else if (to - from > SEARCHED) {
        const middle = (from + to) >> 1;
        this.#piece(logits, labels, from, middle, out);
        this.#piece(logits, labels, middle, to, out);
      } else {
        out.threw[from] = VALUE_THREW | GRADIENT_THREW;
        out.value[from] = Number.NaN;
        out.gradient.fill(Number.NaN, from * size, to * size);
      }
    }
  }
}

/**
 * Value and gradient of one batch on a target. The gradient is that of the sum
 * of the result; in its place what tfjs threw, when only the gradient throws.
 * The inputs are copied: a function that writes into them spoils nothing.
 */
export function valueAndGradient(
  target: Target,
  f: LossFunction,
  shape: number[],
  logits: Float32Array,
  labels: Float32Array,
): { value: Float32Array; gradient: Float32Array | string; valueShape: number[] } {
  const { tf } = target;
  const engine = tf.engine();
  // Not tf.tidy: it would look for tensors in every element of the arrays that it returns.
  engine.startScope("audit");
  try {
    const x = tf.tensor(logits.slice(), shape);
    const z = tf.tensor(labels.slice(), shape);
    let result: Tensor | undefined;
    try {
      const { grads } = engine.gradients(() => {
        result = f(x, z);
        return result;
      }, [x]);
      const value = result as unknown as Tensor;
      return { value: floats(value), gradient: floats(grads[0]), valueShape: value.shape };
    } catch (error) {
      // tfjs keeps what it saved for a backward pass that ends halfway or never comes.
      for (const node of engine.state.activeTape ?? []) for (const saved of node.saved ?? []) saved.dispose();
      if (result === undefined) throw error;
      const message = error instanceof Error ? error.message : String(error);
      const value = f(x, z);
      return { value: floats(value), gradient: message, valueShape: value.shape };
    }
  } finally {
    engine.endScope();
  }
}

function floats(tensor: Tensor): Float32Array {
  const data = tensor.dataSync();
  return data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number>);
}
