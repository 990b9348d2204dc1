import { describe, expect, it } from "vitest";
import { type BallArray, evaluateBallArrays } from "../../src/evaluate/ball-arrays.js";
import { interpret, UnknownKernelError } from "../../src/evaluate/interpret.js";
import type { Program } from "../../src/program/program.js";
import { intervals } from "../arithmetic/exact-ends.js";
import { crossEntropy, ProgramWriter } from "./programs.js";

const mpfr = intervals(300);

function ramp(count: number, low: number, high: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/** Every ball contains what MPFR encloses, and is narrow: all but `wide` of the size of the largest. */
function expectEncloses(program: Program, logits: Float32Array, labels: Float32Array, wide = 1e-13): void {
  const balls = evaluateBallArrays(program, logits, labels);
  const constants = (list: Float32Array) => Array.from(list, (x) => mpfr.constant(x));
  const exact = interpret(program, mpfr, constants(logits), constants(labels), "all");
  const compare = ({ mid, rad }: BallArray, truths: typeof exact.value) => {
    expect(mid).toHaveLength(truths.length);
    const size = mid.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
    truths.forEach((truth, i) => {
      const distance = mpfr.abs(mpfr.sub(truth, mpfr.constant(mid[i])));
      expect(
        mpfr.enclosure(mpfr.sub(distance, mpfr.constant(rad[i]))).lo,
        `element ${i}`,
      ).toBeLessThanOrEqual(0);
      expect(rad[i], `element ${i}`).toBeLessThanOrEqual(wide * size);
    });
  };
  compare(balls.value, exact.value);
  if (exact.gradient) compare(balls.gradient!, exact.gradient);
  mpfr.reset();
}

describe("a whole map in balls", () => {
  it("encloses elementwise kernels, value and gradient", () => {
    expectEncloses(crossEntropy([1, 4, 5, 3]), ramp(60, -30, 30), ramp(60, 0, 1));
  });

  it("broadcasts along any axes", () => {
    const shape = [2, 3, 4, 5];
    const w = new ProgramWriter(shape);
    const scale = w.constant([0.1, 0.2, 0.3], [3, 1, 1]);
    const bias = w.constant([1, -2, 3, -4, 5, 6, 7, 8, 9, 10], [2, 1, 1, 5]);
    const scaled = w.node("Multiply", { a: scale, b: w.logits }, shape);
    expectEncloses(
      w.program(w.node("Sub", { a: bias, b: scaled }, shape)),
      ramp(120, -3, 5),
      ramp(120, 0, 1),
    );
  });

  it.each([
    { axis: undefined, shape: [] },
    { axis: [1, 2, 3], shape: [2] },
    { axis: [0, 2], shape: [3, 5] },
    { axis: 0, shape: [3, 4, 5] },
    { axis: [-1], shape: [2, 3, 4] },
  ])("sums and averages along $axis", ({ axis, shape }) => {
    for (const kernel of ["Sum", "Mean"]) {
      const w = new ProgramWriter([2, 3, 4, 5]);
      const e = w.node("Exp", { x: w.logits }, [2, 3, 4, 5]);
      expectEncloses(
        w.program(w.node(kernel, { x: e }, shape, { axis, keepDims: false })),
        ramp(120, -9, 5),
        ramp(120, 0, 1),
      );
    }
  });

  it("moves data: transposes, reshapes, slices, joins and pads", () => {
    const w = new ProgramWriter([2, 3]);
    const e = w.node("Exp", { x: w.logits }, [2, 3]);
    const t = w.node("Transpose", { x: e }, [3, 2], { perm: [1, 0] });
    const r = w.node("Reshape", { x: t }, [2, 3], { shape: [2, 3] });
    const joined = w.node("Concat", { 0: r, 1: w.labels }, [4, 3], { axis: 0 });
    const part = w.node("Slice", { x: joined }, [3, 2], { begin: [1, 1], size: [3, 2] });
    const padded = w.node("PadV2", { x: part }, [4, 3], {
      paddings: [
        [1, 0],
        [0, 1],
      ],
      constantValue: 7,
    });
    const program = w.program(padded);
    expectEncloses(program, ramp(6, -2, 2), ramp(6, 0, 1));
    const { value } = evaluateBallArrays(program, new Float32Array(6), ramp(6, 1, 6));
    // exp(0) = 1 six times, then the labels 1…6: rows 1, 2, 3 of the joined, columns 1 and 2.
    expect(Array.from(value.mid)).toEqual([7, 7, 7, 1, 1, 7, 2, 3, 7, 5, 6, 7]);
    expect(value.rad[0]).toBe(0);
    expect(value.rad[6]).toBe(0);
    expect(value.rad[3]).toBeGreaterThan(0);
  });

  it("evaluates all other kernels one ball at a time", () => {
    const w = new ProgramWriter([3, 4]);
    const softmax = w.node("Softmax", { logits: w.logits }, [3, 4], { dim: -1 });
    const program = w.program(w.node("Max", { x: softmax }, [3], { reductionIndices: [1], keepDims: false }));
    expectEncloses(program, ramp(12, -4, 4), ramp(12, 0, 1));
  });

  it("keeps all digits of a large sum, and none uncertain when it is exact", () => {
    const n = 1_000_000;
    const w = new ProgramWriter([n]);
    const program = w.program(w.node("Sum", { x: w.logits }, [], { axis: [0], keepDims: false }));
    const dyadic = Float32Array.from({ length: n }, (_, i) => (i % 1000) - 499.5);
    expect(evaluateBallArrays(program, dyadic, dyadic).value).toEqual({
      mid: Float64Array.of(0),
      rad: Float64Array.of(0),
    });
    // 2^60 and its negative cancel; what was added between them survives.
    const cancelling = new Float32Array(n).fill(2 ** -20);
    cancelling[0] = 2 ** 60;
    cancelling[n - 1] = -(2 ** 60);
    const { value } = evaluateBallArrays(program, cancelling, cancelling);
    expect(Math.abs(value.mid[0] - (n - 2) * 2 ** -20)).toBeLessThanOrEqual(value.rad[0]);
    expect(value.rad[0]).toBeLessThan(1e-6);
  });

  it("states nothing of what an input that is not finite reaches", () => {
    const { value, gradient } = evaluateBallArrays(
      crossEntropy([3]),
      Float32Array.of(1, Infinity, Number.NaN),
      Float32Array.of(0, 0, 0),
    );
    for (const { mid, rad } of [value, gradient!]) {
      expect(rad[0]).toBeLessThan(1e-14);
      for (const i of [1, 2]) expect(Number.isNaN(mid[i]) || !(rad[i] < Infinity)).toBe(true);
    }
  });

  it("throws for a kernel without a meaning, and for inputs of another size", () => {
    const w = new ProgramWriter([1]);
    const program = w.program(w.node("NoSuchKernel", { x: w.logits }, [1]));
    const one = Float32Array.of(1);
    expect(() => evaluateBallArrays(program, one, one)).toThrow(UnknownKernelError);
    expect(() => evaluateBallArrays(crossEntropy([2]), one, one)).toThrow(/shape \[2\].*1 element/);
  });
});
