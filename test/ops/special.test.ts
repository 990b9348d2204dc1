import { describe, expect, test } from "vitest";
import { ops, opsNamed } from "../../src/ops/catalogue.js";
import type { OpResult } from "../../src/ops/report.js";
import { altered, measured } from "./measured.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** What IEEE 754-2019 says: sections 5.3, 6.2, 9.2.1 and 9.6; C has the same in annex F. */
describe("the rules", () => {
  test.each<[op: string, x: number, c: number, result: number]>([
    ["rsqrt", -0, 0, -inf],
    ["reciprocal", -0, 0, -inf],
    ["sqrt", -0, 0, -0],
    ["log", -0, 0, -inf],
    ["log1p", -0, 0, -0],
    ["expm1", -0, 0, -0],
    ["exp", -inf, 0, 0],
    ["tanh", -inf, 0, -1],
    ["atanh", 1, 0, inf],
    ["abs", -0, 0, 0],
    ["neg", 0, 0, -0],
    ["sin", inf, 0, nan],
    ["erf", -inf, 0, -1],
    ["pow", 1, nan, 1],
    ["pow", nan, 0, 1],
    ["pow", -1, inf, 1],
    ["pow", -0, -1, -inf],
    ["pow", -inf, -1, -0],
    ["maximum", -0, 0, 0],
    ["maximum", nan, 1, nan],
    ["minimum", 0, -0, -0],
    ["atan2", 0, -0, Math.PI],
    ["atan2", -0, -0, -Math.PI],
    ["div", -1, 0, -inf],
    ["clipByValue", nan, 0, nan],
    // Limits: what is said of these is said by mathematics alone.
    ["sigmoid", -inf, 0, 0],
    ["softplus", -inf, 0, 0],
    ["logSigmoid", inf, 0, 0],
    ["elu", -inf, 0, -1],
    ["relu", -inf, 0, 0],
    ["mod", -1, inf, inf],
    ["mod", 1, inf, 1],
    ["divNoNan", 1, 0, 0],
  ])("%s of %d, %d is %d", (name, x, c, result) => {
    const value = opsNamed([name])[0].special.value([x], c);
    expect(Math.abs(value)).toBe(Math.abs(result));
    if (result !== 0 || opsNamed([name])[0].special.by === "IEEE 754") expect(value).toBe(result);
  });

  test.each<[op: string, row: number[], result: number]>([
    ["logSumExp", [inf, 0], inf],
    ["logSumExp", [-inf, -inf], -inf],
    ["softmax", [inf, 0], 1],
    ["softmax", [-inf, 0], 0],
    ["logSoftmax", [-inf, 0], -inf],
    ["norm", [-inf, 1], inf],
    ["max", [nan, 1], nan],
  ])("%s of %j is %d", (name, row, result) => {
    expect(opsNamed([name])[0].special.value(row, 0)).toBe(result);
  });

  test("NaN gives NaN, but for a slope that is not taken", () => {
    for (const { form, row = (x: number) => [x], special } of ops) {
      if (form !== "prelu(c, x)") expect(special.value(row(nan), 3), form).toBeNaN();
    }
  });
});

const said = (results: OpResult[]): string[] =>
  results.flatMap(({ special }) =>
    special.map(({ input, constant, computed }) =>
      [input, constant, computed].map((x) => x?.value).join(" "),
    ),
  );

describe("what a target gives", () => {
  test.each(["exp", "log", "tanh", "sin", "atan2", "maximum", "sqrt", "softplus", "relu"])(
    "%s on cpu is as the rule says",
    async (op) => expect(said(await measured("cpu", op, 64))).toEqual([]),
  );

  test("NaN does not survive maximum, clipByValue and relu6 on wasm", async () => {
    expect(said(await measured("wasm", "clipByValue", 64))).toContain("NaN  -1");
    expect(said(await measured("wasm", "relu6", 64))).toContain("NaN  0");
    expect(said(await measured("wasm", "maximum", 64))).toContain("0 NaN 0");
  });

  test("a wrong sign of zero counts where IEEE 754 says it, and only there", async () => {
    const unsigned = await altered((x) => (x === 0 ? 0 : x));
    expect(said(await measured(unsigned, "sin", 64))).toEqual(["-0  0"]);
    expect(said(await measured(unsigned, "elu", 64))).toEqual([]);
  });

  test("a gradient at Infinity must be the limit of the derivative", async () => {
    const [, gradient] = await measured(await altered((x) => (x === 0 ? Number.NaN : x)), "tanh", 64);
    expect(gradient.special).toContainEqual({
      input: { value: "Infinity", bits: "0x7f800000" },
      computed: { value: "NaN", bits: "0x7fc00000" },
      expected: { value: 0, bits: "0x00000000" },
      by: "limit",
    });
    expect((await measured("cpu", "tanh", 64))[1].special).toEqual([]);
  });

  test("where an enclosure does not tell the limit of the derivative, nothing is asked", async () => {
    // NaN on cpu; enclosed by [0, Infinity] for all rows beyond float32.
    expect((await measured("cpu", "norm", 64))[1].special).toEqual([]);
  });
});
