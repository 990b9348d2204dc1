import { describe, expect, test } from "vitest";
import { kernels } from "../../src/kernels/index.js";
import { bools, expectAgreement, floats, ints, type Tolerance, vector } from "./cpu.js";
import { float64 } from "./float64.js";

const SPECIAL = [0, -0, 0.5, -0.5, 1, -1, 1.5, 2.5, -1.5, -2.5, 1e-30, -1e-30, Infinity, -Infinity];

/**
 * Kernel, range of random inputs, and how far the cpu kernel is off: it computes
 * in float64 and rounds once, except where it uses an approximation.
 */
const UNARY: [name: string, low: number, high: number, tolerance?: Tolerance][] = [
  ["Abs", -5, 5],
  ["Neg", -5, 5],
  ["Sign", -5, 5],
  ["Square", -5, 5],
  ["Sqrt", 0, 50],
  ["Rsqrt", 0, 50],
  ["Reciprocal", -5, 5],
  ["Exp", -90, 80],
  ["Expm1", -20, 20],
  ["Log", 0, 50],
  ["Log1p", -1, 20],
  // Abramowitz & Stegun 7.1.26, absolute error 1.5e-7 = 2.6 ulps of 1/2.
  ["Erf", -4, 4, { ulps: 3, scale: 0.5 }],
  ["Sin", -20, 20],
  ["Cos", -20, 20],
  ["Tan", -20, 20],
  ["Asin", -1, 1],
  ["Acos", -1, 1],
  ["Atan", -5, 5],
  ["Sinh", -20, 20],
  ["Cosh", -20, 20],
  ["Tanh", -10, 10],
  ["Asinh", -20, 20],
  ["Acosh", 1, 20],
  ["Atanh", -1, 1],
  ["Floor", -5, 5],
  ["Ceil", -5, 5],
  ["Round", -5, 5],
  ["Relu", -5, 5],
  ["Relu6", -5, 10],
  // exp(x) - 1 in float64 loses digits near 0; 1e-16 is 2 ulps of 5e-10.
  ["Elu", -20, 5, { scale: 1e-9 }],
  ["Selu", -20, 5, { scale: 1e-9 }],
  ["Sigmoid", -90, 90],
  // Below log(2^-23) + 2 the cpu kernel takes exp(x), which is off by exp(x)/2 = 4.4e-7 relative.
  ["Softplus", -90, 90, { ulps: 8 }],
  ["IsNan", -5, 5],
  ["IsInf", -5, 5],
  ["IsFinite", -5, 5],
];

describe("one tensor", () => {
  test.each(UNARY)(
    "%s means what tfjs computes on random and special numbers",
    (name, low, high, tolerance) => {
      expectAgreement(name, { x: floats([3, 1, 17], low, high) }, {}, tolerance);
      const special = name === "Acosh" ? SPECIAL.filter((x) => x >= 1) : SPECIAL;
      expectAgreement(name, { x: vector([...special, NaN]) }, {}, tolerance);
      expectAgreement(name, { x: floats([], low, high) }, {}, tolerance);
    },
  );

  test.each([
    ["int32", "float32"],
    ["int32", "bool"],
    ["bool", "float32"],
    ["bool", "int32"],
    ["float32", "int32"],
    ["float32", "bool"],
    ["float32", "float32"],
  ] as const)("Cast from %s to %s", (from, to) => {
    const x = { float32: floats([4, 5]), int32: ints([4, 5], -3, 3), bool: bools([4, 5]) }[from];
    expectAgreement("Cast", { x }, { dtype: to });
  });

  test("Cast to int32 drops the fraction towards 0", () => {
    const x = vector([-2.9, -1, -0.5, 0, 0.5, 1, 2.9]);
    expect(kernels.Cast.evaluate(float64, { x }, { dtype: "int32" })[0].data.map((i) => i + 0)).toEqual([
      -2, -1, 0, 0, 0, 1, 2,
    ]);
  });

  test("Cast to a dtype without numbers names it", () => {
    expect(() => kernels.Cast.evaluate(float64, { x: vector([1]) }, { dtype: "complex64" })).toThrow(
      "complex64",
    );
  });

  test.each([0.2, 0, 1.5])("LeakyRelu and Step with alpha %d", (alpha) => {
    expectAgreement("LeakyRelu", { x: vector([...floats([30]).data, ...SPECIAL.slice(0, -2)]) }, { alpha });
    expectAgreement("Step", { x: vector([...floats([30]).data, ...SPECIAL]) }, { alpha });
  });

  test.each([
    [-1, 1],
    [1e-7, 1 - 1e-7],
    [0.3, 0.3],
    [-Infinity, 0.1],
  ])("ClipByValue between %d and %d", (clipValueMin, clipValueMax) => {
    expectAgreement("ClipByValue", { x: floats([40], -2, 2) }, { clipValueMin, clipValueMax });
  });

  test("an attribute that is stored means the float32 number that a tensor holds for it", () => {
    const bounds = { clipValueMin: 0.1, clipValueMax: 0.9 };
    expect(kernels.ClipByValue.evaluate(float64, { x: vector([0, 1]) }, bounds)[0].data).toEqual([
      Math.fround(0.1),
      Math.fround(0.9),
    ]);
    expect(kernels.Step.evaluate(float64, { x: vector([-1]) }, { alpha: 0.2 })[0].data).toEqual([
      Math.fround(0.2),
    ]);
    expect(kernels.Fill.evaluate(float64, {}, { shape: [1], value: 0.1 })[0].data).toEqual([
      Math.fround(0.1),
    ]);
  });

  test("Elu takes no exponential of a positive number, which would overflow", () => {
    const exponents: number[] = [];
    const watched = {
      ...float64,
      expm1(x: number) {
        exponents.push(x);
        return Math.expm1(x);
      },
    };
    expect(kernels.Elu.evaluate(watched, { x: vector([1e4]) }, {})[0].data).toEqual([1e4]);
    expect(exponents.filter((x) => x > 0)).toEqual([]);
  });

  test("declares its inputs in the order in which the meaning of one element takes them", () => {
    expect(kernels.Exp.elementwise?.inputs).toEqual(["x"]);
    expect(kernels.Sub.elementwise?.scalar(float64, [5, 3], {})).toBe(2);
    expect(kernels.Select.elementwise?.inputs).toEqual(["condition", "t", "e"]);
    expect(kernels.Less.elementwise?.dtype).toBe("bool");
  });

  test("is declared for every kernel but those that mix or move elements", () => {
    const others = Object.keys(kernels).filter((name) => kernels[name].elementwise === undefined);
    expect(others.sort()).toEqual(
      [
        ..."AddN All Any ArgMax ArgMin BatchMatMul Concat Cumprod Cumsum Diag Einsum ExpandDims Fill".split(
          " ",
        ),
        ..."GatherNd GatherV2 Identity LinSpace Max Mean Min MirrorPad OneHot OnesLike Pack PadV2".split(" "),
        ..."Prod Range Reshape Reverse ScatterNd Slice Softmax SplitV StridedSlice Sum Tile TopK".split(" "),
        ..."Transpose Unpack UnsortedSegmentSum ZerosLike _FusedMatMul".split(" "),
      ].sort(),
    );
  });
});

const BINARY: [name: string, low: number, high: number, tolerance?: Tolerance][] = [
  ["Add", -3, 3],
  ["Sub", -3, 3],
  ["Multiply", -3, 3],
  ["RealDiv", -3, 3],
  ["FloorDiv", -30, 30],
  // (a % b + b) % b in float64, the addition rounded: 2^-52 below a result of order 1.
  ["Mod", -30, 30, { scale: 1e-6 }],
  ["Pow", 0, 5],
  ["Atan2", -3, 3],
  ["Maximum", -3, 3],
  ["Minimum", -3, 3],
  ["SquaredDifference", -3, 3],
];

const SHAPES: [a: number[], b: number[]][] = [
  [[7], [7]],
  [[3, 4], [4]],
  [
    [3, 1],
    [1, 4],
  ],
  [[], [2, 3]],
  [[2, 3], []],
  [
    [2, 1, 3],
    [4, 1],
  ],
  [[0, 3], [3]],
];

describe("two tensors", () => {
  test.each(BINARY)("%s means what tfjs computes, broadcast", (name, low, high, tolerance) => {
    for (const [a, b] of SHAPES) {
      expectAgreement(name, { a: floats(a, low, high, 1), b: floats(b, low, high, 2) }, {}, tolerance);
    }
  });

  test.each(["Add", "Sub", "Multiply", "FloorDiv", "Mod", "Maximum", "Minimum", "SquaredDifference"])(
    "%s of int32 stays int32",
    (name) => {
      expectAgreement(name, { a: ints([5, 5], -9, 9, 1), b: ints([5, 5], 1, 4, 2) });
    },
  );

  test("Mod has the sign of the divisor", () => {
    const inputs = { a: vector([7, -7, 7, -7, 6, -6]), b: vector([3, 3, -3, -3, 3, 3]) };
    expectAgreement("Mod", inputs);
    expect(kernels.Mod.evaluate(float64, inputs, {})[0].data).toEqual([1, 2, -2, -1, 0, 0]);
  });

  test("Pow of a negative number takes integer exponents, and 0 to the 0 is 1", () => {
    expectAgreement("Pow", { a: vector([-2, -2, -1.5, 0, 0]), b: vector([3, 2, -1, 0, 2]) });
  });

  test.each(["Equal", "NotEqual", "Less", "LessEqual", "Greater", "GreaterEqual"])(
    "%s tells smaller, equal and larger apart",
    (name) => {
      expectAgreement(name, { a: ints([6, 6], -2, 2, 1), b: ints([6], -2, 2, 2) });
      expectAgreement(name, { a: vector([0, -Infinity, Infinity, 1]), b: vector([-0, 0, Infinity, 2]) });
    },
  );

  test.each(["LogicalAnd", "LogicalOr"])("%s has tfjs's truth table", (name) => {
    expectAgreement(name, { a: vector([0, 0, 1, 1], "bool"), b: vector([0, 1, 0, 1], "bool") });
    expectAgreement(name, { a: bools([3, 1], 1), b: bools([4], 2) });
  });

  test("LogicalNot", () => expectAgreement("LogicalNot", { x: vector([0, 1], "bool") }));

  test("Prelu has a slope for each element, broadcast", () => {
    expectAgreement("Prelu", { x: floats([3, 4]), alpha: floats([4], 0, 1, 2) });
  });

  test("EluGrad", () => {
    expectAgreement("EluGrad", { dy: floats([20], -2, 2, 1), y: floats([20], -1, 2, 2) });
  });

  test("shapes that do not broadcast are named", () => {
    expect(() => kernels.Add.evaluate(float64, { a: floats([2, 3]), b: floats([4]) }, {})).toThrow(
      "[2,3] and [4]",
    );
  });
});

describe("Select", () => {
  test.each(["float32", "int32"] as const)("chooses %s by the condition", (dtype) => {
    const make = (seed: number) =>
      dtype === "float32" ? floats([3, 4], -3, 3, seed) : ints([3, 4], -3, 3, seed);
    expectAgreement("Select", { condition: bools([3, 4]), t: make(2), e: make(3) });
  });

  test("of an integer and a float branch is float", () => {
    expectAgreement("Select", { condition: bools([9]), t: ints([9], -3, 3, 2), e: floats([9], -3, 3, 3) });
  });

  test("leaves the other branch alone, whatever it is", () => {
    const inputs = { condition: vector([1, 0], "bool"), t: vector([1, NaN]), e: vector([NaN, 2]) };
    expect(kernels.Select.evaluate(float64, inputs, {})[0].data).toEqual([1, 2]);
  });
});
