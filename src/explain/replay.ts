import type { NamedAttrMap, NamedTensorMap, Tensor } from "@tensorflow/tfjs";
import type { DType, Program } from "../program/program.js";
import { useBackend } from "../targets/backend.js";
import type { Target } from "../targets/targets.js";

/** The numbers of every value of a program; undefined for those that were not reached. */
export type Replayed = (ArrayLike<number> | undefined)[];

/**
 * Runs the kernels of a program one by one on a target and keeps every result.
 * When a kernel throws, so that there is no way on, `stopped` says why; the
 * results before it are there.
 */
export function replay(
  target: Target,
  program: Program,
  logits: Float32Array,
  labels: Float32Array,
): { values: Replayed; stopped?: string } {
  const { tf } = target;
  useBackend(tf, target.description.backend);
  const values: Replayed = program.values.map((value) => value.constant);
  values[program.logits] = logits;
  values[program.labels] = labels;
  let stopped: string | undefined;
  tf.tidy(() => {
    const tensors: Tensor[] = [];
    const tensor = (id: number): Tensor => {
      tensors[id] ??= makeTensor(values[id] as ArrayLike<number>, program.values[id]);
      return tensors[id];
    };
    for (const node of program.nodes) {
      // A kernel that takes a list reads it as an array.
      const list = node.inputs.length > 0 && node.inputs.every(({ name }, i) => name === String(i));
      const inputs = list
        ? node.inputs.map((input) => tensor(input.value))
        : Object.fromEntries(node.inputs.map((input) => [input.name, tensor(input.value)]));
      try {
        const results = [
          tf
            .engine()
            .runKernel(
              node.kernel,
              inputs as unknown as NamedTensorMap,
              node.attrs as unknown as NamedAttrMap,
            ),
        ].flat() as Tensor[];
        node.outputs.forEach((output, i) => {
          tensors[output] = results[i];
          values[output] = results[i].dataSync();
        });
      } catch (error) {
        stopped = `${node.kernel} throws on ${target.description.name}: ${error instanceof Error ? error.message : error}`;
        return;
      }
    }
  });
  return { values, ...(stopped !== undefined && { stopped }) };

  function makeTensor(
    data: ArrayLike<number>,
    { shape, dtype }: { shape: readonly number[]; dtype: DType },
  ): Tensor {
    return tf.tensor(Array.from(data), [...shape], dtype);
  }
}

/** Whether both hold the same float32, bit for bit, except that any NaN is like any other. */
export function sameFloats(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((x, i) => Object.is(x, b[i]));
}
