import { describe, expect, it } from "vitest";
import { type BallBuffers, compile } from "../../src/evaluate/compile.js";
import { interpret, UnknownKernelError } from "../../src/evaluate/interpret.js";
import type { Program } from "../../src/program/program.js";
import { intervals } from "../arithmetic/exact-ends.js";
import { crossEntropy, ProgramWriter } from "./programs.js";

const mpfr = intervals(600);

function buffers(points: number, values = 1, logits = 1): BallBuffers {
  const array = (length: number) => new Float64Array(length).fill(-7);
  return {
    valueMid: array(points * values),
    valueRad: array(points * values),
    gradientMid: array(points * logits),
    gradientRad: array(points * logits),
  };
}

/** Values and gradients of the points, as the program's own nodes give them, in MPFR. */
function exactly(program: Program, x: readonly number[], z: readonly number[]) {
  const constants = (list: readonly number[]) => list.map((number) => mpfr.constant(number));
  const { value, gradient } = interpret(program, mpfr, constants(x), constants(z), "all");
  return { value, gradient: gradient! };
}

/** The true number's distance from the midpoint is at most the radius, which says something. */
function expectContains(mid: number, rad: number, number: Parameters<typeof mpfr.enclosure>[0]): void {
  expect(rad).toBeLessThanOrEqual(1e-10 * Math.abs(mid) + 1e-200);
  const distance = mpfr.abs(mpfr.sub(number, mpfr.constant(mid)));
  expect(mpfr.enclosure(mpfr.sub(distance, mpfr.constant(rad))).lo).toBeLessThanOrEqual(0);
}

const LOGITS = [0, -0, 1, -1, 17.33, -17.33, 88.8, -104, 119.5, -119.5, 1e4, -1e4, 1e-20, 2 ** -149].map(
  Math.fround,
);

/** -sum z*log(softmax(x)), and its gradient softmax(x) - z where sum z = 1. */
function softmaxCrossEntropy(classes: number): Program {
  const shape = [1, classes];
  const w = new ProgramWriter(shape);
  const softmax = w.node("Softmax", { logits: w.logits }, shape, { dim: -1 });
  const log = w.node("Log", { x: softmax }, shape);
  const terms = w.node("Multiply", { a: w.labels, b: log }, shape);
  const value = w.node("Neg", { x: w.node("Sum", { x: terms }, [1], { axis: [1], keepDims: false }) }, [1]);
  return w.program(value, w.node("Sub", { a: softmax, b: w.labels }, shape, {}, "backward"));
}

describe("a program compiled to balls", () => {
  it.each(["true", "autodiff"] as const)("encloses cross entropy and its gradient (%s)", (derivative) => {
    const program = crossEntropy([1]);
    const compiled = compile(program, derivative);
    for (const z of [0, 1, Math.fround(0.3)]) {
      const out = buffers(LOGITS.length);
      compiled.run(Float32Array.from(LOGITS), Float32Array.from([z]), LOGITS.length, out, 0);
      LOGITS.forEach((x, i) => {
        const { value, gradient } = exactly(program, [x], [z]);
        expectContains(out.valueMid[i], out.valueRad[i], value[0]);
        // sigmoid(x) - z cancels, and says so by its radius; the true derivative is written without.
        if (derivative === "true") expectContains(out.gradientMid[i], out.gradientRad[i], gradient[0]);
        else expect(Math.abs(out.gradientMid[i] - mpfr.enclosure(gradient[0]).lo)).toBeLessThanOrEqual(1e-15);
        mpfr.reset();
      });
    }
  });

  it("takes labels point by point, unless all points share them", () => {
    const compiled = compile(crossEntropy([1]), "true");
    const logits = Float32Array.of(2, 2, 2);
    const apart = buffers(3);
    compiled.run(logits, Float32Array.of(0, 1, 0), 3, apart);
    expect(apart.valueMid[0]).toBe(apart.valueMid[2]);
    expect(apart.valueMid[0] - apart.valueMid[1]).toBeCloseTo(2, 14);
    const shared = buffers(3);
    compiled.run(logits, Float32Array.of(1), 3, shared, 0);
    expect(Array.from(shared.valueMid)).toEqual(new Array(3).fill(apart.valueMid[1]));
  });

  // Twelve classes make 3,000 statements, which become several functions.
  it.each([3, 12])("encloses rows of %d: a value a row, a component of the gradient a logit", (classes) => {
    const program = softmaxCrossEntropy(classes);
    const row = (f: (k: number) => number) => Array.from({ length: classes }, (_, k) => Math.fround(f(k)));
    const rows = [row((k) => k + 1), row((k) => 4 * Math.sin(7 * k))];
    const label = row((k) => (k === 1 ? 1 : 0));
    const out = buffers(2, 1, classes);
    compile(program, "true").run(Float32Array.from(rows.flat()), Float32Array.from(label), 2, out, 0);
    rows.forEach((x, i) => {
      const exact = exactly(program, x, label);
      expectContains(out.valueMid[i], out.valueRad[i], exact.value[0]);
      exact.gradient.forEach((g, k) => {
        expectContains(out.gradientMid[classes * i + k], out.gradientRad[classes * i + k], g);
      });
      mpfr.reset();
    });
  });

  it("encloses both sides of a kink by the true derivative", () => {
    const w = new ProgramWriter([1]);
    const program = w.program(w.node("Relu", { x: w.logits }, [1]));
    const out = buffers(3);
    compile(program, "true").run(Float32Array.of(-2, 0, 2), Float32Array.of(0), 3, out, 0);
    expect(Array.from(out.gradientMid)).toEqual([0, 0.5, 1]);
    expect(out.gradientRad[0]).toBe(0);
    expect(out.gradientRad[1]).toBeGreaterThanOrEqual(0.5);
    expect(out.gradientRad[1]).toBeLessThan(0.5 + 1e-9);
    expect(out.gradientRad[2]).toBe(0);
  });

  it("states nothing where a logit or label is not finite, and everything beside it", () => {
    const out = buffers(4);
    const logits = Float32Array.of(Number.NaN, Infinity, 1, 1);
    compile(crossEntropy([1]), "true").run(logits, Float32Array.of(0, 0, -Infinity, 0), 4, out);
    for (const rad of [out.valueRad, out.gradientRad]) {
      expect(Array.from(rad.subarray(0, 3))).toEqual([Infinity, Infinity, Infinity]);
      expect(rad[3]).toBeLessThan(1e-14);
    }
  });

  it("computes value and true derivative with one exp, one log1p and one division", () => {
    const { source } = compile(crossEntropy([1]), "true");
    expect(source.match(/Math\.exp\(/g)).toHaveLength(1);
    expect(source.match(/Math\.log1p\(/g)).toHaveLength(1);
    expect(source.match(/ \/ /g)).toHaveLength(1);
  });

  it("has no gradient unless asked, and says why autodiff has none", () => {
    const out = buffers(1);
    compile(crossEntropy([1]), "none").run(Float32Array.of(1), Float32Array.of(0), 1, out);
    expect(out.gradientMid[0]).toBe(-7);
    const w = new ProgramWriter([1]);
    const program = w.program(w.node("Exp", { x: w.logits }, [1]));
    expect(() => compile({ ...program, gradientError: "no gradient of Foo" }, "autodiff")).toThrow(
      "no gradient of Foo",
    );
  });

  it("throws for a kernel without a meaning", () => {
    const w = new ProgramWriter([1]);
    const program = w.program(w.node("NoSuchKernel", { x: w.logits }, [1]));
    expect(() => compile(program, "none")).toThrow(UnknownKernelError);
  });
});
