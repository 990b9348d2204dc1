import type { Tensor } from "@tensorflow/tfjs";
import type { LossFunction } from "../losses/loss.js";
import type { Tfjs } from "../targets/tfjs.js";

/** A loss whose value can't be had at all: what its function gives, what is allowed, what to do. */
export class LossError extends Error {
  override name = "LossError";
}

export interface Inputs {
  shape: readonly number[];
  logits: Float32Array;
  labels: Float32Array;
}

export interface Result {
  shape: readonly number[];
  values: Float32Array;
}

const RULE =
  "A loss returns a float32 tensor: the shape of the logits, one number for each of the batch, or a scalar.";

/** One call of a loss, on the backend that is current. Throws a LossError for what is no loss, and what `f` throws. */
export function callLoss(f: LossFunction, tf: Tfjs, { shape, logits, labels }: Inputs): Result {
  const results: Result[] = [];
  tf.tidy(() => {
    const returned: unknown = f(tf.tensor(logits.slice(), [...shape]), tf.tensor(labels.slice(), [...shape]));
    const problem = problemOf(returned, tf);
    if (problem !== undefined) throw new LossError(problem);
    const tensor = returned as Tensor;
    results.push({ shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) });
  });
  return results[0];
}

function problemOf(returned: unknown, tf: Tfjs): string | undefined {
  if (returned instanceof tf.Tensor) {
    if (returned.isDisposed) {
      return "The function returns a tensor that is disposed of already. Return it without dispose().";
    }
    if (returned.dtype === "float32") return undefined;
    return `The function returns a tensor of dtype ${returned.dtype}, which has no gradient. ${RULE}`;
  }
  if (returned instanceof Promise) {
    returned.catch(() => {}); // reported here; it must not end the process as an unhandled rejection too
    return `The function is async: it returns a promise. ${RULE} Drop "async", and what it awaits.`;
  }
  return `The function returns ${described(returned)}. ${RULE} ${cureOf(returned)}`;
}

function described(returned: unknown): string {
  if (returned === null || returned === undefined) return String(returned);
  if (Array.isArray(returned)) return `an array of ${returned.length}`;
  if (ArrayBuffer.isView(returned)) return `a ${returned.constructor.name}`;
  if (typeof returned === "object")
    return `an object with the keys ${Object.keys(returned).join(", ") || "(none)"}`;
  if (typeof returned === "function") return "a function";
  return `the ${typeof returned} ${JSON.stringify(returned) ?? String(returned)}`;
}

function cureOf(returned: unknown): string {
  if (returned === undefined) return 'Is there a "return"?';
  if (typeof returned === "number" || ArrayBuffer.isView(returned)) {
    return "Return the tensor itself, without dataSync() or arraySync().";
  }
  return "Return that tensor.";
}
