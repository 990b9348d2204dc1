import { describe, expect, test } from "vitest";
import { DualArithmetic } from "../../src/arithmetic/dual.js";
import { type BallBuffers, compile } from "../../src/evaluate/compile.js";
import { interpret } from "../../src/evaluate/interpret.js";
import type { Program } from "../../src/program/program.js";
import { intervals } from "../arithmetic/exact-ends.js";
import { ProgramWriter } from "./programs.js";

function power(base: "logits" | "labels", exponent: "logits" | "labels"): Program {
  const w = new ProgramWriter([1]);
  return w.program(w.node("Pow", { a: w[base], b: w[exponent] }, [1]));
}

/** Value and true derivative by the logit, in intervals. */
function exactly(program: Program, x: number, z: number) {
  const base = intervals(128);
  const dual = new DualArithmetic(base, 0);
  const [{ v, d }] = interpret(
    program,
    dual,
    [dual.variable(base.constant(x))],
    [dual.fixed(base.constant(z))],
    "value",
  ).value;
  return { value: base.enclosure(v), derivative: base.enclosure(d) };
}

/** The balls of value and derivative; with labels that all points share they are constants of the code. */
function inBalls(program: Program, x: number, z: number, shared: boolean): BallBuffers {
  const out = {
    valueMid: new Float64Array(1),
    valueRad: new Float64Array(1),
    gradientMid: new Float64Array(1),
    gradientRad: new Float64Array(1),
  };
  compile(program, "true").run(Float32Array.of(x), Float32Array.of(z), 1, out, shared ? 0 : 1);
  return out;
}

const isStated = (mid: number, rad: number) => !Number.isNaN(mid) && rad < Infinity;

describe("0^x, a label of 0 to the power of the logit", () => {
  const program = power("labels", "logits");

  test.each([2 ** -149, 0.5, 1, 3.5, 2 ** 100])("is 0 with the derivative 0 at x = %d", (x) => {
    const zero = { lo: 0, hi: 0, defined: "yes" };
    expect(exactly(program, x, 0)).toEqual({ value: zero, derivative: zero });
    for (const shared of [true, false]) {
      const { valueMid, valueRad, gradientMid, gradientRad } = inBalls(program, x, 0, shared);
      expect([valueMid[0], valueRad[0], gradientMid[0], gradientRad[0]]).toEqual([0, 0, 0, 0]);
    }
  });

  test.each([
    [0, 1],
    [-1, Infinity],
    [-0.5, Infinity],
  ])("has no derivative at x = %d, where it is %d", (x, value) => {
    const exact = exactly(program, x, 0);
    expect(exact.value).toEqual({ lo: value, hi: value, defined: "yes" });
    expect(exact.derivative.defined).toBe("no");
    for (const shared of [true, false]) {
      const { gradientMid, gradientRad } = inBalls(program, x, 0, shared);
      expect(isStated(gradientMid[0], gradientRad[0])).toBe(false);
    }
  });

  test("with another base the derivative is log(z) z^x", () => {
    for (const shared of [true, false]) {
      const { gradientMid, gradientRad } = inBalls(program, 0.5, 0.25, shared);
      expect(Math.abs(gradientMid[0] - Math.log(0.25) / 2)).toBeLessThanOrEqual(gradientRad[0] + 1e-16);
      expect(gradientRad[0]).toBeLessThan(1e-14);
    }
  });
});

describe("x^z, the logit to the power of a label", () => {
  const program = power("logits", "labels");

  test.each([
    [0, 0, 1, 0],
    [0, 1, 0, 1],
    [0, 2, 0, 0],
    [-2, 0, 1, 0],
    [-2, 1, -2, 1],
    [-2, 3, -8, 12],
    [-2, -2, 0.25, 0.25],
  ])("at x = %d, z = %d is %d with the derivative %d", (x, z, value, derivative) => {
    const point = (at: number) => ({ lo: at, hi: at, defined: "yes" });
    expect(exactly(program, x, z)).toEqual({ value: point(value), derivative: point(derivative) });
    for (const shared of [true, false]) {
      const { valueMid, valueRad, gradientMid, gradientRad } = inBalls(program, x, z, shared);
      if (shared) {
        expect(isStated(valueMid[0], valueRad[0])).toBe(true);
        expect(isStated(gradientMid[0], gradientRad[0])).toBe(true);
      }
      if (isStated(valueMid[0], valueRad[0])) {
        expect(Math.abs(valueMid[0] - value)).toBeLessThanOrEqual(valueRad[0]);
      }
      if (isStated(gradientMid[0], gradientRad[0])) {
        expect(Math.abs(gradientMid[0] - derivative)).toBeLessThanOrEqual(gradientRad[0]);
      }
    }
  });

  test.each([
    [0, 0.5],
    [0, -1],
    [-1, 0.5],
  ])("at x = %d, z = %d has no derivative", (x, z) => {
    expect(exactly(program, x, z).derivative.defined).toBe("no");
    for (const shared of [true, false]) {
      const { gradientMid, gradientRad } = inBalls(program, x, z, shared);
      expect(isStated(gradientMid[0], gradientRad[0])).toBe(false);
    }
  });
});
