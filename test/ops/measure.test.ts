import { describe, expect, test } from "vitest";
import { fromOrdinal, ordinal } from "../../src/inputs/float32.js";
import { altered, measured, ulps } from "./measured.js";

describe("on cpu, whose kernels compute in float64 and round once", () => {
  test.each(["exp", "log", "sin", "cos", "tanh", "sqrt", "atan", "cosh", "expm1", "log1p", "asinh", "pow"])(
    "the value of %s is correctly rounded but for the error of float64",
    async (op) => {
      const [value] = await measured("cpu", op);
      expect(ulps(value)).toBeGreaterThan(0.4);
      expect(ulps(value)).toBeLessThan(0.50001);
      expect(value.unresolved).toBe(0);
    },
  );

  test.each(["abs", "relu", "neg", "floor", "max", "maximum"])(
    "%s and its gradient, either one at a kink, are exact",
    async (op) => {
      for (const result of await measured("cpu", op)) expect(ulps(result)).toBe(0);
    },
  );

  test("the gradient of sigmoid, s(1-s), dies where s is 1", async () => {
    const [, gradient] = await measured("cpu", "sigmoid");
    expect(gradient.worst?.computed.value).toBe(0);
    expect(Number(gradient.worst?.input.value)).toBeGreaterThan(17.3);
    expect(ulps(gradient)).toBeGreaterThan(2 ** 23);
  });

  test("erf by Abramowitz and Stegun 7.1.26 is 1e-9 next to 0", async () => {
    const [value] = await measured("cpu", "erf");
    expect(value.worst?.computed.value).toBeCloseTo(1e-9, 15);
    expect(Number(value.worst?.exact.value)).toBeLessThan(1e-44);
  });

  test("the norm overflows where its squares do, and its gradient is NaN where they underflow", async () => {
    const [value, gradient] = await measured("cpu", "norm");
    expect(value.worst?.ulps).toBe("Infinity");
    expect(Math.abs(Number(value.worst?.input.value))).toBeLessThan(2 ** 65);
    expect(gradient.worst?.ulps).toBe("NaN");
    expect(value.worst?.row).toHaveLength(4);
    expect(gradient.worst?.component).toBeGreaterThanOrEqual(0);
  });

  test("floorDiv is flat, and tfjs gives it the slope of a division", async () => {
    const [, gradient] = await measured("cpu", "floorDiv");
    expect(gradient.worst?.exact.value).toBe(0);
    expect(gradient.worst?.computed.value).toBe(10); // at c = 0.1
  });

  test("a gradient that tfjs does not have says what is thrown, and the value is there", async () => {
    const [value, gradient] = await measured("cpu", "divNoNan");
    expect(ulps(value)).toBeLessThanOrEqual(0.5);
    expect(gradient).toMatchObject({ worst: null, median: null, points: 0 });
    expect(gradient.throws).toMatch(/gradient function not found for Equal/);
  });
});

describe("on wasm", () => {
  test("log1p is log(1 + x), and sin of a tiny negative number has the wrong sign", async () => {
    const [log1p] = await measured("wasm", "log1p");
    expect(log1p.worst?.computed.value).toBe(0);
    expect(ulps(log1p)).toBeGreaterThan(2 ** 23);
    const [sin] = await measured("wasm", "sin");
    expect(Number(sin.worst?.input.value)).toBeLessThan(0);
    expect(Number(sin.worst?.computed.value)).toBeGreaterThan(0);
  });

  test("exp, sqrt and a sum are as good as on cpu", async () => {
    for (const op of ["exp", "sqrt", "mul"]) {
      expect(ulps((await measured("wasm", op))[0])).toBeLessThan(0.502);
    }
  });
});

describe("what is measured is what the target gives", () => {
  test("numbers that are 3 ulps too large are 3 ulps off", async () => {
    const target = await altered((x) => (Math.abs(x) < 1e38 ? fromOrdinal(ordinal(x) + 3) : x));
    const [value] = await measured(target, "relu");
    expect(value.median).toBe(3);
    // Across a power of 2 one of the three is as large as the others below it, and two are twice as large.
    expect(value.worst?.ulps).toBe(5);
  });

  test("a target that flushes is not charged for it; one that keeps subnormals is", async () => {
    const flush = (x: number) => (Math.abs(x) < 2 ** -126 ? 0 : x);
    const [flushing] = await measured(await altered(flush, { subnormals: "flushed" }), "square");
    expect(ulps(flushing)).toBeLessThanOrEqual(0.5);
    expect(flushing.flushed).toBeGreaterThan(0);
    const [keeping] = await measured(await altered(flush, { subnormals: "kept" }), "square");
    expect(ulps(keeping)).toBeGreaterThan(2 ** 22);
    expect(keeping.flushed).toBe(0);
  });

  test("a number where the function has none, and a number at its pole, are special points", async () => {
    const target = await altered((x) => (Number.isFinite(x) ? x : 7));
    const [atanh] = await measured(target, "atanh");
    expect(atanh.special).toContainEqual(
      expect.objectContaining({ computed: expect.objectContaining({ value: 7 }), by: "domain" }),
    );
    expect(atanh.special).toContainEqual({
      input: { value: 1, bits: "0x3f800000" },
      computed: { value: 7, bits: "0x40e00000" },
      expected: { value: "Infinity", bits: "0x7f800000" },
      by: "limit",
    });
  });

  test("a kernel that the target has not is the reason for both rows", async () => {
    const cpu = await altered((x) => x);
    const broken = {
      ...cpu,
      replay: async () => ({ values: [], stopped: "Exp throws: Kernel 'Exp' not registered" }),
    };
    for (const result of await measured(broken, "exp")) {
      expect(result).toMatchObject({ worst: null, points: 0, special: [], throws: /not registered/ });
    }
  });
});

test("the same points give the same numbers", async () => {
  expect(await measured("cpu", "softmax", 512)).toEqual(await measured("cpu", "softmax", 512));
});
