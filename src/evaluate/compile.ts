import { type Ball, constant, single } from "../arithmetic/ball.js";
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
   *
   * Labels that all points share become constants of a function of their own:
   * terms that a label of 0 or 1 takes away are not computed.
   */
  run(logits: Float32Array, labels: Float32Array, n: number, out: BallBuffers, labelStride?: number): void;
  /** The generated function of logits and labels. */
  source: string;
}

/**
 * Compiles a program that was recorded for one point. The gradient is that of
 * the sum of the values: the true derivative of the exact function, enclosed on
 * both sides of a kink; or what tfjs's autodiff writes, evaluated exactly.
 */
export function compile(program: Program, derivative: "true" | "autodiff" | "none"): CompiledBalls {
  const loop = compileLoop(program, derivative, undefined);
  const loops = new Map<string, BallLoop>();
  const loopOf = (labels: Float32Array): BallLoop => {
    const key = labels.join();
    const known = loops.get(key) ?? compileLoop(program, derivative, labels).run;
    loops.set(key, known);
    return known;
  };
  const size = sizeOf(program.values[program.labels].shape);
  return {
    run: (logits, labels, n, out, labelStride = size) => {
      const run = labelStride === 0 && labels.every(Number.isFinite) ? loopOf(labels) : loop.run;
      run(n, logits, labels, labelStride, out.valueMid, out.valueRad, out.gradientMid, out.gradientRad);
    },
    source: loop.source,
  };
}

/** `labels` are those that all points share, if they do. */
function compileLoop(
  program: Program,
  derivative: "true" | "autodiff" | "none",
  labels: Float32Array | undefined,
): { run: BallLoop; source: string } {
  const balls = new BallSource();
  const names = (letter: string, id: number): string[] =>
    Array.from({ length: sizeOf(program.values[id].shape) }, (_, i) => `${letter}${i}`);
  const logitNames = names("x", program.logits);
  const labelNames = labels ? [] : names("z", program.labels);
  const x = logitNames.map(single);
  const z = labels ? Array.from(labels, constant) : labelNames.map(single);
  const { value, gradient } =
    derivative === "true"
      ? trueDerivative(program, balls, x, z)
      : interpret(program, balls, x, z, derivative === "none" ? "value" : "all");
  if (derivative === "autodiff" && !gradient) {
    throw new Error(
      `tfjs made no gradient of this function: ${program.gradientError ?? "no reason is recorded"}`,
    );
  }
  const source = loopSource(balls, logitNames, labelNames, value, gradient ?? []);
  return { run: new Function(`return ${source}`)() as BallLoop, source };
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
