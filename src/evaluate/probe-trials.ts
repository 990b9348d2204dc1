import { sizeOf } from "../kernels/shape.js";
import type { LossFunction } from "../losses/loss.js";
import type { Tfjs } from "../targets/tfjs.js";
import { callLoss, type Inputs, LossError, type Result } from "./probe-call.js";

/** The first inputs for which there is a value. Throws what the function threw first when there are none. */
export function firstResult(
  f: LossFunction,
  tf: Tfjs,
  shape: readonly number[],
): { inputs: Inputs; result: Result } {
  let thrown: unknown;
  for (const inputs of trials(shape)) {
    try {
      const result = callLoss(f, tf, inputs);
      checkSame(result, callLoss(f, tf, inputs));
      return { inputs, result };
    } catch (error) {
      if (error instanceof LossError) throw error;
      thrown ??= error;
    }
  }
  throw thrown;
}

/** A random number, or a count of its calls, has no exact value to hold it against. */
function checkSame(a: Result, b: Result): void {
  if (a.values.every((x, i) => Object.is(x, b.values[i]))) return;
  throw new LossError(
    "The function gives another result when it is called again with the same logits and labels. " +
      "Take random numbers and what counts its calls out of it, or make them from a fixed seed.",
  );
}

/** A distribution over the classes as labels at first; the logits would do as probabilities too. */
function* trials(shape: readonly number[]): Generator<Inputs> {
  const classes = shape.length === 1 ? 1 : shape[shape.length - 1];
  const logits = filled(shape, 0.25);
  yield { shape, logits, labels: logits.map((_, i) => (i % classes === 0 ? 1 : 0)) };
  for (const x of [0, 0.5, -1]) {
    for (const z of [0, 1, 0.5]) yield { shape, logits: filled(shape, x), labels: filled(shape, z) };
  }
}

export function filled(shape: readonly number[], value: number): Float32Array {
  return new Float32Array(sizeOf(shape)).fill(value);
}
