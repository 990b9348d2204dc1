import { describe, expect, test } from "vitest";
import { kernels } from "../../src/kernels/index.js";
import type { Inputs } from "../../src/kernels/kernel.js";
import { expectAgreement, floats } from "./cpu.js";
import { float64 } from "./float64.js";

/** cpu sums in float64 and rounds once for each block of 48 columns; products here are below 9. */
const TOLERANCE = { ulps: 2, scale: 1 };

describe("matrix products", () => {
  test.each([
    [[2, 3], [3, 4], false, false],
    [[3, 2], [3, 4], true, false],
    [[2, 3], [4, 3], false, true],
    [[3, 2], [4, 3], true, true],
    [[5, 2, 3], [5, 3, 4], false, false],
    [[5, 3, 2], [1, 4, 3], true, true],
    [[1, 2, 3], [4, 3, 1], false, false],
    [[2, 3, 2, 3], [2, 3, 3, 1], false, false],
    [[1, 60], [60, 1], false, false],
  ])("%j times %j, transposed %j and %j", (a, b, transposeA, transposeB) => {
    const inputs = { a: floats(a, -3, 3, 1), b: floats(b, -3, 3, 2) };
    expectAgreement("BatchMatMul", inputs, { transposeA, transposeB }, { ulps: 2, scale: 4 });
  });

  test.each(["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu", "prelu"])(
    "_FusedMatMul with a bias and %s",
    (activation) => {
      const inputs = {
        a: floats([1, 3, 4], -1, 1, 1),
        b: floats([1, 4, 2], -1, 1, 2),
        bias: floats([2], -1, 1, 3),
      };
      const slopes: Inputs<number> =
        activation === "prelu" ? { preluActivationWeights: floats([2], 0, 1, 4) } : {};
      const attrs = { transposeA: false, transposeB: false, activation, leakyreluAlpha: 0.2 };
      expectAgreement("_FusedMatMul", { ...inputs, ...slopes }, attrs, TOLERANCE);
    },
  );

  test("_FusedMatMul without a bias", () => {
    const inputs = { a: floats([2, 3], -1, 1, 1), b: floats([3, 2], -1, 1, 2) };
    expectAgreement(
      "_FusedMatMul",
      inputs,
      { transposeA: false, transposeB: false, activation: "relu" },
      TOLERANCE,
    );
  });

  test("factors that do not fit are named", () => {
    const inputs = { a: floats([2, 3]), b: floats([2, 3]) };
    expect(() => kernels.BatchMatMul.evaluate(float64, inputs, {})).toThrow("matMul of [2,3] and [2,3]");
  });
});

describe("einsum", () => {
  test.each([
    ["ij->ji", [2, 3]],
    ["ij->", [2, 3]],
    ["ijk->ik", [2, 3, 4]],
    ["i->i", [4]],
  ])("%s of %j", (equation, shape) => {
    expectAgreement("Einsum", { 0: floats(shape) }, { equation }, { ulps: 3, scale: 4 });
  });

  test.each([
    ["ij,jk->ik", [2, 3], [3, 4]],
    ["i,i->", [5], [5]],
    ["i, j -> ij", [2], [3]],
    ["bij,bjk->bik", [2, 2, 3], [2, 3, 2]],
    ["ij,ij->ij", [2, 3], [2, 3]],
    ["abc,cd->dab", [2, 3, 4], [4, 2]],
  ])("%s of %j and %j", (equation, a, b) => {
    expectAgreement(
      "Einsum",
      { 0: floats(a, -2, 2, 1), 1: floats(b, -2, 2, 2) },
      { equation },
      { ulps: 4, scale: 4 },
    );
  });

  test("axes of different lengths under one label are named", () => {
    expect(() =>
      kernels.Einsum.evaluate(float64, { 0: floats([2]), 1: floats([3]) }, { equation: "i,i->" }),
    ).toThrow("the axis i has both the lengths 2 and 3");
  });
});
