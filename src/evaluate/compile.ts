import { type Ball, single } from "../arithmetic/ball.js";
import { BallSource } from "../arithmetic/ball-source.js";
import { DualArithmetic } from "../arithmetic/dual.js";
import { sizeOf } from "../kernels/shape.js";
import type { Program } from "../program/program.js";
import { type BallLoop, loopSource } from "./ball-loop.js";
import { interpret } from "./interpret.js";

/** Where balls go: those of point i from i times the number of its values, or of its logits, on. */
export interface BallBuffers {
  valueMid: Float64Array;
  valueRad: Float64Array;
  gradientMid: Float64Array;
  gradientRad: Float64Array;
}

/** A program for one point as a loop over many, in balls of float64. */
export interface CompiledBalls {
  /**
   * Encloses value and gradient of `n` points. Point i has its logits from
   * i·(logits of a point) on, its labels from i·labelStride on: by default each
   * point has its own; with 0 all have the same.
   *
   * Where a logit or label is not finite, nothing is stated.
   */
  run(logits: Float32Array, labels: Float32Array, n: number, out: BallBuffers, labelStride?: number): void;
  /** The generated function. */
  source: string;
}

/**
 * Compiles a program that was recorded for one point. The gradient is that of
 * the sum of the values: the true derivative of the exact function, enclosed on
 * both sides of a kink; or what tfjs's autodiff writes, evaluated exactly.
 */
export function compile(program: Program, derivative: "true" | "autodiff" | "none"): CompiledBalls {
  const balls = new BallSource();
  const names = (letter: string, id: number): string[] =>
    Array.from({ length: sizeOf(program.values[id].shape) }, (_, i) => `${letter}${i}`);
  const logits = names("x", program.logits);
  const labels = names("z", program.labels);
  const x = logits.map(single);
  const z = labels.map(single);
  const { value, gradient } =
    derivative === "true"
      ? trueDerivative(program, balls, x, z)
      : interpret(program, balls, x, z, derivative === "none" ? "value" : "all");
  if (derivative === "autodiff" && !gradient) {
    throw new Error(
      `tfjs made no gradient of this function: ${program.gradientError ?? "no reason is recorded"}`,
    );
  }

  const source = loopSource(balls, logits, labels, value, gradient ?? []);
  const run = new Function(`return ${source}`)() as BallLoop;
  return {
    run: (logits, labels, n, out, labelStride = z.length) =>
      run(n, logits, labels, labelStride, out.valueMid, out.valueRad, out.gradientMid, out.gradientRad),
    source,
  };
}

/** One pass of dual numbers for each logit; what the passes have in common is computed once. */
function trueDerivative(program: Program, balls: BallSource, x: Ball[], z: Ball[]) {
  const dual = new DualArithmetic<Ball>(balls, 0);
  const passes = x.map((_, i) => {
    const logits = x.map((v, j) => (i === j ? dual.variable(v) : dual.fixed(v)));
    const labels = z.map((v) => dual.fixed(v));
    return interpret(program, dual, logits, labels, "value").value;
  });
  return {
    value: passes[0].map(({ v }) => v),
    gradient: passes.map((elements) => elements.reduce((a, b) => dual.add(a, b)).d),
  };
}
