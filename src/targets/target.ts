import type { LossFunction } from "../losses/loss.js";
import type { Program } from "../program/program.js";
import type { TargetDescription } from "../report/report.js";

/** A function of (logits, labels) with the name that it has among the implementations of its loss. */
export interface Runnable {
  name: string;
  f: LossFunction;
}

/** What a function gave for one batch, in float32 as the target gave it. */
export interface BatchResult {
  value: Float32Array;
  /** Of the sum of the value, with respect to the logits; what tfjs threw, where only the gradient does. */
  gradient: Float32Array | string;
}

/** n points of one shape: both arrays hold n times as many numbers as a point has. */
export interface Points {
  /** Of one point, with a leading axis of 1. */
  shape: readonly number[];
  /** n points in the leading axis give n losses, each of its own point alone; else each point is a call of its own. */
  batched: boolean;
  n: number;
  logits: Float32Array;
  labels: Float32Array;
}

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

/** A function on a target. */
export interface RunningLoss {
  /** One batch as it is. Throws what the function throws. */
  batch(shape: readonly number[], logits: Float32Array, labels: Float32Array): Promise<BatchResult>;
  /** Many points; gives what was thrown last, if anything was. */
  points(points: Points, out: Computed): Promise<string | undefined>;
}

/** What the kernels of a program gave one after the other. */
export interface Replay {
  /** Of every value of the program; undefined for those that were not reached. */
  values: (ArrayLike<number> | undefined)[];
  /** What a kernel threw, so that there was no way on. */
  stopped?: string;
}

/** A real backend that runs the user's function. */
export interface Target {
  readonly description: TargetDescription;
  running(loss: Runnable): RunningLoss;
  /** Runs the kernels of a program one by one and keeps every result. */
  replay(program: Program, logits: Float32Array, labels: Float32Array): Promise<Replay>;
  close(): Promise<void>;
}
