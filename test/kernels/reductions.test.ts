import { describe, expect, test } from "vitest";
import { kernels } from "../../src/kernels/index.js";
import { bools, expectAgreement, floats, ints, type Tolerance, vector } from "./cpu.js";
import { float64, immovable } from "./float64.js";

const AXES: [shape: number[], axis: number | number[] | null][] = [
  [[5], 0],
  [[3, 4], 0],
  [[3, 4], -1],
  [
    [3, 4],
    [0, 1],
  ],
  [[3, 4], null],
  [
    [2, 3, 4],
    [0, 2],
  ],
  [
    [2, 3, 4],
    [-1, 0],
  ],
  [[2, 3, 4], 1],
  [[], null],
  [[3, 1], 1],
];

/** The cpu backend rounds once, but Mean rounds each quotient: of order 1 here. */
const REDUCTIONS: [name: string, tolerance?: Tolerance][] = [
  ["Sum"],
  ["Prod"],
  ["Mean", { ulps: 2, scale: 1 }],
  ["Max"],
  ["Min"],
];

describe("reductions", () => {
  test.each(REDUCTIONS)("%s over any axes, with and without keepDims", (name, tolerance) => {
    for (const [shape, axis] of AXES) {
      for (const keepDims of [false, true]) {
        const axes = name === "Max" ? { reductionIndices: axis } : { axis };
        expectAgreement(name, { x: floats(shape) }, { ...axes, keepDims }, tolerance);
        expectAgreement(name, { x: ints(shape, -3, 3) }, { ...axes, keepDims }, tolerance);
      }
    }
  });

  test.each(["All", "Any"])("%s over any axes, with and without keepDims", (name) => {
    for (const [shape, axis] of AXES) {
      for (const keepDims of [false, true]) expectAgreement(name, { x: bools(shape, 5) }, { axis, keepDims });
    }
  });

  test.each(["Sum", "Prod"])("%s of truth values is an integer", (name) => {
    expectAgreement(name, { x: bools([4, 3]) }, { axis: 0, keepDims: false });
  });

  test("the sum of nothing is 0, the product 1, the maximum -Infinity", () => {
    const x = floats([2, 0]);
    const reduced = (name: string) => kernels[name].evaluate(float64, { x }, { axis: 1 })[0].data;
    expect(reduced("Sum")).toEqual([0, 0]);
    expect(reduced("Prod")).toEqual([1, 1]);
    expect(reduced("Max")).toEqual([-Infinity, -Infinity]);
    expect(reduced("Min")).toEqual([Infinity, Infinity]);
    expect(reduced("Mean")).toEqual([NaN, NaN]);
  });

  test.each(["Sum", "Prod", "Mean", "Max", "Min"])("%s of one element is that element, untouched", (name) => {
    const element = { symbol: "x" };
    const x = { shape: [1, 1], dtype: "float32" as const, data: [element] };
    expect(kernels[name].evaluate<unknown>(immovable, { x }, { axis: null })[0].data[0]).toBe(element);
  });

  test("Mean divides the sum once: three thirds of 1 are 1", () => {
    const [mean] = kernels.Mean.evaluate(float64, { x: vector([1, 1, 1]) }, { axis: 0 });
    expect(mean.data).toEqual([1]);
  });

  test("an axis that the tensor lacks is named with what is allowed", () => {
    expect(() => kernels.Sum.evaluate(float64, { x: floats([2, 3]) }, { axis: 2 })).toThrow(
      "axis 2 of a tensor of rank 2: it must be an integer from -2 to 1",
    );
  });

  test("AddN", () => {
    expectAgreement(
      "AddN",
      { 0: floats([3, 2], -3, 3, 1), 1: floats([3, 2], -3, 3, 2), 2: floats([3, 2], -3, 3, 3) },
      {},
      { ulps: 2, scale: 1 },
    );
  });
});

describe("places of extreme elements", () => {
  test.each(["ArgMax", "ArgMin"])("%s along any axis, the first of equal ones", (name) => {
    for (const axis of [0, 1, -1]) {
      expectAgreement(name, { x: floats([4, 3, 5]) }, { axis });
      expectAgreement(name, { x: ints([4, 3, 5], 0, 2) }, { axis });
    }
    expectAgreement(name, { x: vector([3, 1, 2, 3, 1]) }, { axis: 0 });
  });

  test.each([1, 2, 5])("TopK with k = %d, equal ones in their order", (k) => {
    expectAgreement("TopK", { x: floats([3, 5]) }, { k, sorted: true });
    expectAgreement("TopK", { x: ints([4, 5], 0, 2) }, { k, sorted: true });
    expectAgreement("TopK", { x: floats([2, 2, 6]) }, { k, sorted: true });
  });
});

describe("scans", () => {
  test.each(["Cumsum", "Cumprod"])("%s along any axis, exclusive, from the back", (name) => {
    for (const axis of [0, 1, 2]) {
      for (const exclusive of [false, true]) {
        for (const reverse of [false, true]) {
          const attrs = { axis, exclusive, reverse };
          // Every partial result is rounded on cpu: at most 5 of them, sums below 16.
          expectAgreement(
            name,
            { x: floats([3, 4, 5]) },
            attrs,
            name === "Cumsum" ? { ulps: 3, scale: 8 } : { ulps: 4 },
          );
          expectAgreement(name, { x: ints([3, 4, 2], -3, 3) }, attrs);
        }
      }
    }
  });
});

describe("Softmax", () => {
  test.each([[[5]], [[3, 4]], [[2, 3, 6]], [[4, 1]]])("of shape %j", (shape) => {
    // cpu rounds x - max, whose ulps (of up to 6: 2^-21) become relative errors, then four more operations.
    expectAgreement("Softmax", { logits: floats(shape) }, { dim: -1 }, { ulps: 8 });
    expectAgreement("Softmax", { logits: floats(shape) }, { dim: shape.length - 1 }, { ulps: 8 });
  });

  test("survives logits that are 2000 apart", () => {
    expectAgreement("Softmax", { logits: vector([-1000, 0, 1000, 1000]) }, { dim: -1 });
  });

  test("of any other axis is refused", () => {
    expect(() => kernels.Softmax.evaluate(float64, { logits: floats([2, 3]) }, { dim: 0 })).toThrow(
      "last axis only",
    );
  });
});
