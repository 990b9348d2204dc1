import { describe, expect, test } from "vitest";
import { kernels } from "../../src/kernels/index.js";
import { bools, expectAgreement, floats, ints } from "./cpu.js";
import { float64 } from "./float64.js";

describe("tensors made from attributes", () => {
  test.each([
    [[2, 3], 0.1, "float32"],
    [[], -2, "float32"],
    [[4], 7, "int32"],
    [[2], 1, "bool"],
    [[0, 2], 1, "float32"],
  ])("Fill of shape %j with %d as %s", (shape, value, dtype) => {
    expectAgreement("Fill", {}, { shape, value, dtype }, { ulps: 0 });
  });

  test.each(["ZerosLike", "OnesLike"])("%s keeps shape and dtype", (name) => {
    for (const x of [floats([2, 3]), ints([3], 0, 5), bools([2]), floats([])]) expectAgreement(name, { x });
  });

  test.each([
    [0, 5, 1, "float32"],
    [5, 0, -2, "float32"],
    [3, 0, 1, "int32"],
    [0, 3, -1, "float32"],
    [3, 0, 2, "float32"],
    [2, 2, 1, "float32"],
    [-4, 9, 3, "int32"],
    [0, 1, 0.1, "float32"],
  ])("Range from %d to %d by %d as %s", (start, stop, step, dtype) => {
    // cpu adds the step again and again, rounding each time: 10 roundings of numbers below 1.
    expectAgreement("Range", {}, { start, stop, step, dtype }, { ulps: 10, scale: 0.5 });
  });

  test.each([
    [0, 1, 11],
    [-2, 3, 6],
    [5, 1, 3],
    [2, 7, 1],
  ])("LinSpace from %d to %d in %d numbers", (start, stop, num) => {
    expectAgreement("LinSpace", {}, { start, stop, num }, { ulps: 10, scale: 0.5 });
  });

  test("LinSpace ends at its stop exactly", () => {
    const [{ data }] = kernels.LinSpace.evaluate(float64, {}, { start: 0, stop: 0.7, num: 8 });
    expect(data[7]).toBe(Math.fround(0.7));
  });
});
