import type { Case } from "../case.js";
import { type OptimizerName, optimizers, type Update } from "./optimizers.js";

/** What makes a training run: all else follows. */
export interface Setup {
  start: Case;
  optimizer: OptimizerName;
  learningRate: number;
}

/** The most steps of a run: a gradient of 1 at the learning rate 1 goes from a confident mistake of 100 to 0. */
export const STEPS = 100;
/** So many steps in a row a run, or one of its numbers, must stand still before that counts. */
export const PATIENCE = 10;
/**
 * What a run may be off by and yet be done. The derivative of a cross entropy is the error of the probability: one that
 * is off by less than 0.001 is a right answer, whatever digits are lost.
 */
export const DONE = 2 ** -10;
/** How far a run that is done may still move in a step: a logit that much further changes nothing. */
const DRIFT = 2 ** -3;

/**
 * How a run ended:
 * - `not-finite`: what was computed at the last numbers is NaN or infinite;
 * - `ran-off`: the numbers themselves would be, after one more step;
 * - `settled`: it stands still, and as far as the computed gradient goes the answer is right;
 * - `out-of-steps`;
 * - `threw`: the function did, or its gradient.
 */
export type End = "not-finite" | "ran-off" | "settled" | "out-of-steps" | "threw";

/** One training run: the numbers that are trained, and what was computed at them last. */
export class Run {
  readonly setup: Setup;
  /** Where it is. Value and gradient are those there. */
  x: Float32Array;
  value = Number.NaN;
  gradient = new Float32Array(0);
  /** Steps that were made. */
  steps = 0;
  end: End | undefined;
  /** The numbers before each step, where they are to be kept. */
  readonly path: Float32Array[] | undefined;
  /** What was computed at the start. */
  first: { value: number; gradient: Float32Array } | undefined;
  /** For each number the step since which its gradient is 0 and it stands still; -1 where it does not. */
  readonly stillSince: Int32Array;
  /** The step since which the whole run does not count as moving; -1 while it does. */
  quietSince = -1;
  readonly #limit: number;
  readonly #update: Update;

  constructor(setup: Setup, limit = STEPS, keepsPath = false) {
    const { start, optimizer, learningRate } = setup;
    this.setup = setup;
    this.x = start.logits.slice();
    this.stillSince = new Int32Array(this.x.length).fill(-1);
    this.path = keepsPath ? [] : undefined;
    this.#limit = limit;
    this.#update = optimizers[optimizer](learningRate, this.x.length);
  }

  /** The batch at which the run is. */
  get state(): Case {
    const { shape, labels } = this.setup.start;
    return { shape, logits: this.x, labels };
  }

  /** Takes what was computed at `x`, and goes on from there by one step, or ends. */
  advance(value: number, gradient: Float32Array): void {
    this.value = value;
    this.gradient = gradient.slice();
    this.first ??= { value, gradient: this.gradient };
    if (!Number.isFinite(value) || !gradient.every(Number.isFinite)) this.end = "not-finite";
    else if (this.steps === this.#limit) this.end = "out-of-steps";
    if (this.end) return;
    const next = this.x.slice();
    this.#update(next, gradient);
    if (!next.every(Number.isFinite)) {
      this.end = "ran-off";
      return;
    }
    let isQuiet = true;
    for (let i = 0; i < next.length; i++) {
      const moved = Math.abs(next[i] - this.x[i]);
      if (gradient[i] !== 0 || moved !== 0) this.stillSince[i] = -1;
      else if (this.stillSince[i] < 0) this.stillSince[i] = this.steps;
      isQuiet &&= Math.abs(gradient[i]) <= DONE && moved <= DRIFT;
    }
    if (!isQuiet) this.quietSince = -1;
    else if (this.quietSince < 0) this.quietSince = this.steps;
    if (isQuiet && this.steps - this.quietSince + 1 >= PATIENCE) {
      this.end = "settled";
      return;
    }
    this.path?.push(this.x);
    this.x = next;
    this.steps++;
  }

  /** The function threw at `x`: there is no way on. */
  stop(): void {
    this.end = "threw";
  }
}
