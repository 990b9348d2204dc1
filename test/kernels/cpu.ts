import * as tf from "@tensorflow/tfjs";
import { expect } from "vitest";
import type { Arithmetic } from "../../src/arithmetic/arithmetic.js";
import { kernels } from "../../src/kernels/index.js";
import type { Attrs, Inputs, Tensor } from "../../src/kernels/kernel.js";
import type { DType } from "../../src/program/program.js";
import { float64 } from "./float64.js";
import { integers, uniform } from "./random.js";

// Keeps tfjs from advertising tfjs-node on the console.
tf.enableProdMode();
await tf.setBackend("cpu");

export { tf };

/** A tensor of float32 numbers in [low, high]. */
export function floats(shape: number[], low = -3, high = 3, seed = 1): Tensor<number> {
  return {
    shape,
    dtype: "float32",
    data: [
      ...uniform(
        shape.reduce((a, b) => a * b, 1),
        low,
        high,
        seed,
      ),
    ],
  };
}

/** A tensor of integers from low to high. */
export function ints(shape: number[], low: number, high: number, seed = 1): Tensor<number> {
  return {
    shape,
    dtype: "int32",
    data: [
      ...integers(
        shape.reduce((a, b) => a * b, 1),
        low,
        high,
        seed,
      ),
    ],
  };
}

/** A tensor of truth values. */
export function bools(shape: number[], seed = 1): Tensor<number> {
  return { ...ints(shape, 0, 1, seed), dtype: "bool" };
}

export function vector(data: number[], dtype: DType = "float32"): Tensor<number> {
  return { shape: [data.length], dtype, data };
}

/** The numbers of a tfjs tensor. */
function read(x: tf.Tensor): Tensor<number> {
  return { shape: x.shape, dtype: x.dtype as DType, data: [...x.dataSync()] };
}

/** One run of a kernel of tfjs's cpu backend: the independent implementation that a meaning is held against. */
export interface CpuRun {
  name: string;
  inputs: Inputs<number>;
  attrs: Attrs;
  outputs: Tensor<number>[];
}

const engine = tf.engine();
const { runKernel } = engine;

/** Runs `f` and notes every kernel that it reaches, as tfjs calls it. */
export function kernelRuns(f: () => void): CpuRun[] {
  const runs: CpuRun[] = [];
  engine.runKernel = ((name, inputs, attrs) => {
    const outputs = runKernel.call(engine, name, inputs, attrs);
    runs.push({
      name,
      inputs: Object.fromEntries(
        Object.entries(inputs)
          .filter(([, x]) => x != null)
          .map(([key, x]) => [key, read(x as tf.Tensor)]),
      ),
      attrs: (attrs ?? {}) as Attrs,
      outputs: [outputs].flat().map((x) => read(x as tf.Tensor)),
    });
    return outputs;
  }) as typeof runKernel;
  try {
    tf.tidy(f);
  } finally {
    engine.runKernel = runKernel;
  }
  return runs;
}

function runOnCpu(name: string, inputs: Inputs<number>, attrs: Attrs): CpuRun {
  const isList = "0" in inputs;
  const [run] = kernelRuns(() => {
    const tensors = Object.entries(inputs).map(
      ([key, { data, shape, dtype }]) => [key, tf.tensor(data, [...shape], dtype)] as const,
    );
    const arranged = isList ? tensors.map(([, x]) => x) : Object.fromEntries(tensors);
    engine.runKernel(name, arranged as tf.NamedTensorMap, attrs as Parameters<typeof runKernel>[2]);
  });
  return run;
}

type Case = [name: string, inputs: Inputs<number>, attrs: Attrs];

/** Cases under a title that names shapes and attributes but not every number. */
export function titled(cases: Case[]): [title: string, ...Case][] {
  return cases.map(([name, inputs, attrs]) => {
    const shapes = Object.entries(inputs).map(([key, { shape }]) => `${key}[${shape}]`);
    return [`${name} of ${shapes.join(" ")} with ${JSON.stringify(attrs)}`, name, inputs, attrs];
  });
}

/** The distance of two neighbouring float32 at x. */
function ulp(x: number): number {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(x))), -126);
  return 2 ** (exponent - 23);
}

export interface Tolerance {
  /** How many float32 ulps of the exact number the cpu kernel may be off. */
  ulps?: number;
  /** For kernels that round intermediate results: an exact number below this is measured in its ulps. */
  scale?: number;
}

function expectClose(computed: number, exact: number, where: string, { ulps = 1, scale = 0 }: Tolerance) {
  if (!Number.isFinite(computed) || !Number.isFinite(exact)) {
    expect(computed, where).toBe(Math.fround(exact));
    return;
  }
  const error = Math.abs(computed - exact) / ulp(Math.max(Math.abs(exact), scale));
  expect(error, `${where}: cpu gave ${computed}, exact is ${exact}, ulps apart`).toBeLessThanOrEqual(ulps);
}

/** Asserts that the meaning of a kernel has the shapes, dtypes and numbers of a run on the cpu backend. */
export function expectMeaning(
  { name, inputs, attrs, outputs }: CpuRun,
  tolerance: Tolerance,
  arithmetic = float64,
): void {
  const exact = kernels[name].evaluate(arithmetic, inputs, attrs);
  const form = (tensors: Tensor<number>[]) =>
    tensors.map(({ shape, dtype, data }) => ({ shape, dtype, count: data.length }));
  expect(form(exact), name).toEqual(form(outputs));
  outputs.forEach(({ data }, output) => {
    data.forEach((number, i) => {
      expectClose(number, exact[output].data[i], `${name}, output ${output}, element ${i}`, tolerance);
    });
  });
}

/** Runs a kernel on the cpu backend and asserts that its meaning agrees. */
export function expectAgreement(
  name: string,
  inputs: Inputs<number>,
  attrs: Attrs = {},
  tolerance: Tolerance = {},
  arithmetic: Arithmetic<number> = float64,
): void {
  expectMeaning(runOnCpu(name, inputs, attrs), tolerance, arithmetic);
}
