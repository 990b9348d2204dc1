import { describe, expect, it } from "vitest";
import type { Arithmetic } from "../../src/arithmetic/arithmetic.js";
import { interpret, UnknownKernelError } from "../../src/evaluate/interpret.js";
import { float64 } from "../kernels/float64.js";
import { crossEntropy, ProgramWriter } from "./programs.js";

describe("interpreting a program", () => {
  it("gives the elements of value and gradient in row-major order", () => {
    const { value, gradient } = interpret(crossEntropy([2]), float64, [0, 2], [1, 0], "all");
    expect(value[0]).toBeCloseTo(Math.LN2, 14);
    expect(value[1]).toBeCloseTo(Math.log(1 + Math.exp(2)), 14);
    expect(gradient![0]).toBeCloseTo(-0.5, 14);
    expect(gradient![1]).toBeCloseTo(1 / (1 + Math.exp(-2)), 14);
  });

  it("has no gradient when only the value is wanted, or when there is none", () => {
    expect(interpret(crossEntropy([1]), float64, [0], [1], "value").gradient).toBeUndefined();
    const w = new ProgramWriter([1]);
    const program = w.program(w.node("Exp", { x: w.logits }, [1]));
    expect(interpret(program, float64, [0], [1], "all")).toEqual({ value: [1] });
  });

  it("does not run nodes that the result does not need", () => {
    const w = new ProgramWriter([1]);
    w.node("NoSuchKernel", { x: w.logits }, [1]);
    const value = w.node("Neg", { x: w.logits }, [1]);
    const gradient = w.node("NoSuchKernel", { x: value }, [1], {}, "backward");
    expect(interpret(w.program(value, gradient), float64, [3], [0], "value").value).toEqual([-3]);
  });

  it("names an unknown kernel, its pass and its line", () => {
    const w = new ProgramWriter([1]);
    const program = w.program(w.node("NoSuchKernel", { x: w.logits }, [1]));
    const run = () => interpret(program, float64, [3], [0], "value");
    expect(run).toThrow(UnknownKernelError);
    expect(run).toThrow(/"NoSuchKernel" \(the forward pass, loss\.ts:1\)/);
    const inherited = new ProgramWriter([1]);
    const node = inherited.node("toString", { x: inherited.logits }, [1], {}, "backward");
    expect(() => interpret(inherited.program(node), float64, [3], [0], "value")).toThrow(
      /"toString" .*backward/,
    );
  });

  it("makes each different constant once", () => {
    const made: number[] = [];
    const counting: Arithmetic<number> = {
      ...float64,
      constant: (x) => {
        made.push(x);
        return float64.constant(x);
      },
    };
    const w = new ProgramWriter([4]);
    const sum = w.node("Add", { a: w.constant([1, 2, 1, 2], [4]), b: w.constant([2], []) }, [4]);
    const value = w.node("Add", { a: sum, b: w.logits }, [4]);
    expect(interpret(w.program(value), counting, [0, 0, 0, 0], [0, 0, 0, 0], "value").value).toEqual([
      3, 4, 3, 4,
    ]);
    expect(made.sort()).toEqual([1, 2]);
  });

  it("refuses logits of another size", () => {
    expect(() => interpret(crossEntropy([2]), float64, [1], [0, 1], "value")).toThrow(
      /shape \[2\].*1 element/,
    );
  });
});
