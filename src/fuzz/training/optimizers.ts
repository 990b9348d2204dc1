import type { TrainingRun } from "../report.js";

/** By their names in reports, the simplest first. */
export type OptimizerName = TrainingRun["optimizer"];

/** Takes one step: writes new numbers over the old ones. What it remembers of earlier steps stays with it. */
export type Update = (numbers: Float32Array, gradient: Float32Array) => void;

const f = Math.fround;

const MOMENTUM = f(0.9);
const BETA_1 = 0.9;
const BETA_2 = 0.999;
const EPSILON = f(1e-8);

/**
 * The update rules of tf.train in float32, rounded after every operation that tfjs 4.22 makes a kernel of, so that
 * they give what training on its cpu backend gives, bit for bit. From the start, for `size` numbers.
 *
 * - gradient descent: x += -r*g
 * - momentum: a = 0.9*a + g; x += -r*a
 * - Adam, with beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8:
 *   m = b1*m + (1-b1)*g; v = b2*v + (1-b2)*g^2; x += -r * (m/(1-b1^t)) / (sqrt(v/(1-b2^t)) + e), t = 1, 2, …
 *
 * A gradient that is NaN or infinite makes NaN or infinite numbers; Adam's g^2 is Infinity from 1.8e19 on, after
 * which its numbers stand still.
 *
 * Source: tfjs-core, src/optimizers/{sgd,momentum,adam}_optimizer.ts.
 */
export const optimizers: Record<OptimizerName, (learningRate: number, size: number) => Update> = {
  "gradient descent": (learningRate) => {
    const c = f(-learningRate);
    return (numbers, gradient) => {
      for (let i = 0; i < numbers.length; i++) numbers[i] = f(c * gradient[i]) + numbers[i];
    };
  },

  momentum: (learningRate, size) => {
    const c = f(-learningRate);
    const accumulation = new Float32Array(size);
    return (numbers, gradient) => {
      for (let i = 0; i < numbers.length; i++) {
        accumulation[i] = f(MOMENTUM * accumulation[i]) + gradient[i];
        numbers[i] = f(c * accumulation[i]) + numbers[i];
      }
    };
  },

  Adam: (learningRate, size) => {
    const c = f(-learningRate);
    const [beta1, beta2] = [f(BETA_1), f(BETA_2)];
    // tfjs takes these differences before it rounds them.
    const [rest1, rest2] = [f(1 - BETA_1), f(1 - BETA_2)];
    const first = new Float32Array(size);
    const second = new Float32Array(size);
    let [power1, power2] = [beta1, beta2];
    return (numbers, gradient) => {
      const [correction1, correction2] = [f(1 - power1), f(1 - power2)];
      for (let i = 0; i < numbers.length; i++) {
        const g = gradient[i];
        first[i] = f(first[i] * beta1) + f(g * rest1);
        second[i] = f(second[i] * beta2) + f(f(g * g) * rest2);
        const root = f(Math.sqrt(f(second[i] / correction2)));
        const direction = f(f(first[i] / correction1) / f(root + EPSILON));
        numbers[i] = f(direction * c) + numbers[i];
      }
      power1 = f(power1 * beta1);
      power2 = f(power2 * beta2);
    };
  },
};

export const optimizerNames = Object.keys(optimizers) as OptimizerName[];
