import type { Tensor } from "@tensorflow/tfjs";
import { InputError } from "../../inputs/input-error.js";
import { messageOf } from "../../message-of.js";

/** A part of a user's model as float32: numbers, nested or not, a typed array or a tensor. Throws an InputError. */
export function finiteNumbers(model: string, part: string, given: unknown): Float32Array {
  const numbers = plainNumbers(model, part, given);
  if (numbers === undefined || numbers.length === 0) {
    const is = given === undefined ? "missing" : numbers === undefined ? "no numbers" : "empty";
    throw new InputError(
      `The ${part} of ${model} are ${is}: give at least one number, in an array or a tensor.`,
    );
  }
  const floats = Float32Array.from(numbers);
  const bad = floats.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0) {
    throw new InputError(
      `The ${part} of ${model} have ${numbers[bad]} at ${bad}: give numbers that are finite in float32.`,
    );
  }
  return floats;
}

function plainNumbers(model: string, part: string, given: unknown): ArrayLike<number> | undefined {
  if (isTensor(given)) {
    try {
      return given.dataSync();
    } catch (error) {
      throw new InputError(`The ${part} of ${model} can't be read: ${messageOf(error)}`);
    }
  }
  const flat: unknown[] = ArrayBuffer.isView(given)
    ? Array.from(given as unknown as ArrayLike<unknown>)
    : [given].flat(Number.POSITIVE_INFINITY);
  return flat.every((x) => typeof x === "number") ? flat : undefined;
}

function isTensor(given: unknown): given is Tensor {
  return typeof (given as Partial<Tensor> | undefined | null)?.dataSync === "function";
}
