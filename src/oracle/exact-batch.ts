import type { Enclosure } from "../arithmetic/enclosure.js";
import type { IntervalArithmetic } from "../arithmetic/interval.js";
import { type BallArray, enclosureOf, evaluateBallArrays } from "../evaluate/ball-arrays.js";
import { interpret, UnknownKernelError } from "../evaluate/interpret.js";
import { sizeOf } from "../kernels/shape.js";
import { type ExactFunction, inputs } from "./exact-function.js";

/** A function of a whole batch, run exactly. */
export interface ExactBatch {
  /** One for the batch, or one for each of its samples. */
  values: Enclosure[];
  /** That of the sum of the values, as autodiff writes it; undefined where it writes none, or none was wanted. */
  gradient?: Enclosure[];
}

/** In balls of float64. */
export function batchInBalls(f: ExactFunction, logits: Float32Array, labels: Float32Array): ExactBatch {
  const { value, gradient } = evaluateBallArrays(f.program(logits, labels), logits, labels);
  return { values: enclosuresOf(value), ...(gradient && { gradient: enclosuresOf(gradient) }) };
}

/** In MPFR intervals. */
export function batchInIntervals(
  f: ExactFunction,
  arithmetic: IntervalArithmetic,
  logits: Float32Array,
  labels: Float32Array,
  want: "value" | "all",
): ExactBatch {
  const { x, z } = inputs(arithmetic, logits, labels);
  const { value, gradient } = interpret(f.program(logits, labels), arithmetic, x, z, want);
  const batch: ExactBatch = {
    values: value.map((v) => arithmetic.enclosure(v)),
    ...(gradient && { gradient: gradient.map((g) => arithmetic.enclosure(g)) }),
  };
  arithmetic.reset();
  return batch;
}

function enclosuresOf(balls: BallArray): Enclosure[] {
  return Array.from(balls.mid, (_, i) => enclosureOf(balls, i));
}

/**
 * What an implementation that gives so many values for a batch is held against:
 * those references that give as many. Where there are none the sums of the
 * values are compared, which is what the gradients are of.
 */
export function comparable(
  references: readonly ExactFunction[],
  count: number,
  logits: Float32Array,
  labels: Float32Array,
): { references: readonly ExactFunction[]; isSummed: boolean } {
  const alike = references.filter(
    (reference) =>
      unlessThrown(() => {
        const { values, value } = reference.program(logits, labels);
        return sizeOf(values[value].shape);
      }) === count,
  );
  return alike.length > 0 ? { references: alike, isSummed: false } : { references, isSummed: true };
}

/** What a run of user code gives; undefined where it throws: there is no value there. */
export function unlessThrown<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof UnknownKernelError) throw error;
    return undefined;
  }
}

/** The sum of enclosed numbers. */
export function sumOf(terms: readonly Enclosure[]): Enclosure {
  if (terms.length === 1) return terms[0];
  if (terms.some(({ defined }) => defined === "no")) return { lo: NaN, hi: NaN, defined: "no" };
  const sum = (of: (term: Enclosure) => number) => terms.reduce((total, term) => total + of(term), 0);
  // Each addition is off by at most 2^-53 of what has been added up.
  const rounding = terms.length * 2 ** -52 * sum(({ lo, hi }) => Math.max(Math.abs(lo), Math.abs(hi)));
  if (!(rounding < Infinity)) return { lo: -Infinity, hi: Infinity, defined: "unknown" };
  const defined = terms.every((term) => term.defined === "yes") ? "yes" : "unknown";
  return { lo: sum(({ lo }) => lo) - rounding, hi: sum(({ hi }) => hi) + rounding, defined };
}
