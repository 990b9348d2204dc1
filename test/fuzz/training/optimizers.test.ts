import { beforeAll, describe, expect, it } from "vitest";
import { type OptimizerName, optimizerNames, optimizers } from "../../../src/fuzz/training/optimizers.js";
import { Random } from "../../../src/inputs/random.js";
import { loadTfjs, type Tfjs } from "../../../src/targets/tfjs.js";
import { pytorch } from "./pytorch.js";

let tf: Tfjs;

beforeAll(async () => {
  tf = await loadTfjs();
  await tf.setBackend("cpu");
});

const SIZE = 8;
const STEPS = 300;

/** Gradients of every size, 0 and numbers that overflow when they are squared. */
function gradients(): Float32Array[] {
  const random = new Random(6);
  const scales = [0, 1e-30, 1e-10, 1e-3, 1, 100, 1e10, 1e25];
  return Array.from({ length: STEPS }, () =>
    Float32Array.from({ length: SIZE }, (_, i) => random.normal(0.1, 1) * scales[i]),
  );
}

function byTfjs(name: OptimizerName, rate: number, start: Float32Array): Float32Array[] {
  const optimizer = {
    "gradient descent": () => tf.train.sgd(rate),
    momentum: () => tf.train.momentum(rate, 0.9),
    Adam: () => tf.train.adam(rate, 0.9, 0.999, 1e-8),
  }[name]();
  const variable = tf.variable(tf.tensor1d(start));
  try {
    return gradients().map((gradient) => {
      tf.tidy(() => optimizer.applyGradients([{ name: variable.name, tensor: tf.tensor1d(gradient) }]));
      return variable.dataSync().slice() as Float32Array;
    });
  } finally {
    variable.dispose();
    optimizer.dispose();
  }
}

describe("optimizers", () => {
  it.each(optimizerNames.flatMap((name) => [0.001, 0.1, 1, 30].map((rate) => [name, rate] as const)))(
    "%s at learning rate %d takes the steps of tf.train on cpu, bit for bit",
    (name, rate) => {
      const x = Float32Array.from({ length: SIZE }, (_, i) => i * 3.7 - 10);
      const expected = byTfjs(name, rate, x);
      const update = optimizers[name](rate, SIZE);
      gradients().forEach((gradient, step) => {
        update(x, gradient);
        expect(new Int32Array(x.slice().buffer), `step ${step + 1}`).toEqual(
          new Int32Array(expected[step].slice().buffer),
        );
      });
    },
  );

  it.each(pytorch.rules.map((rule) => [rule.optimizer, rule.learningRate, rule] as const))(
    "%s at learning rate %d goes where PyTorch goes",
    (name, rate, { numbers }) => {
      const x = Float32Array.from(pytorch.starts);
      const update = optimizers[name](rate, x.length);
      // PyTorch fuses a product and a sum, and Adam has its rule in another order: each step may round differently,
      // by half an ulp of a number below 128 or, for the largest steps, of 1024. And tfjs takes 1 - 0.999^t in
      // float32, which is off by up to 1.3e-5 of it, of which the square root passes on half: 2^-17 of a step.
      const rounding = rate > 1 ? 2 ** -14 : 2 ** -18;
      const tolerance = (step: number) => step * (rounding + (name === "Adam" ? rate * 2 ** -17 : 0));
      for (let step = 1; step <= 300; step++) {
        update(
          x,
          Float32Array.from(x, (_, i) => (((step * 7 + i * 3) % 11) - 5) / 8),
        );
        for (const [i, expected] of (numbers[step] ?? []).entries()) {
          const off = Math.abs(x[i] - expected);
          expect(off, `number ${i} after step ${step} is off by ${off}`).toBeLessThanOrEqual(tolerance(step));
        }
      }
    },
  );

  it("Adam's first step is the learning rate, whatever the gradient", () => {
    // m/(1-b1) = g and v/(1-b2) = g^2, so that the step is g/|g|.
    const x = Float32Array.of(0, 0, 0);
    optimizers.Adam(0.5, 3)(x, Float32Array.of(1e-3, -1, 1e4));
    [-0.5, 0.5, -0.5].forEach((expected, i) => {
      expect(x[i]).toBeCloseTo(expected, 4);
    });
  });
});
