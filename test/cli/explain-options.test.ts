import { expect, test } from "vitest";
import { type ExplainFlags, explainConfig } from "../../src/cli/explain-options.js";
import { sweepConfig } from "../../src/cli/sweep-options.js";
import { InputError } from "../../src/inputs/input-error.js";

const read = (flags: ExplainFlags) => explainConfig("softplus", flags);

test("without flags only the loss is said", () => {
  expect(read({})).toEqual({ loss: "softplus" });
});

test("logits are decimals or bits, several in one flag or in several", () => {
  expect(read({ at: ["17.4,-3", "0x418b3333", "inf", "-0"], label: ["0,1"] })).toEqual({
    loss: "softplus",
    at: [Math.fround(17.4), -3, Math.fround(17.4), Number.POSITIVE_INFINITY, -0],
    label: [0, 1],
  });
});

test("every flag has the name that a program gives it by", () => {
  const flags = {
    ...{ with: "stable, other", beside: "16:1", logits: "x.npy", "label-map": "z.npy", heatmap: "3" },
    ...{ index: "0,1,2,0", size: "8x4", classes: "2", objects: "0,2", seed: "7", target: "wasm" },
    ...{ from: "probabilities", rtol: "1e-3", atol: "1e-9", timeout: "60" },
  };
  expect(read(flags)).toEqual({
    ...{ loss: "softplus", with: ["stable", "other"], beside: [16, 1], logits: "x.npy" },
    ...{ "label-map": "z.npy", heatmap: 3, index: [0, 1, 2, 0], size: [8, 4], classes: 2, objects: [0, 2] },
    ...{ seed: 7, target: "wasm", from: "probabilities", rtol: 1e-3, atol: 1e-9, timeout: 60 },
  });
});

test.each<[ExplainFlags, string]>([
  [{ at: ["x"] }, '--at: "x" is not a number'],
  [{ at: ["0x123"] }, '--at: "0x123" is not the bits of a float32'],
  [{ at: ["nan"] }, '--at: "nan" is no input to audit'],
  [{ beside: "16" }, '--beside takes LOGIT:LABEL of a second pixel, such as 16:1, but "16" was given.'],
  [{ label: ["inf"] }, "--label takes finite float32 numbers"],
  [{ size: "8" }, "--size takes HEIGHTxWIDTH"],
  [{ index: "a" }, "--index takes a whole number"],
  [{ logits: " " }, "--logits takes the path of a .npy file"],
  [{ timeout: "0" }, "--timeout 0 would stop every loss before it starts"],
])("%j is refused: %s", (flags, message) => {
  expect(() => read(flags)).toThrow(InputError);
  expect(() => read(flags)).toThrow(message);
});

test("a tolerance is refused as a sweep refuses it", () => {
  for (const flags of [{ rtol: "2" }, { rtol: "-1" }, { atol: "x" }, { atol: "1e39" }]) {
    let message = "";
    try {
      sweepConfig(flags);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/^--[ra]tol takes a number from 0 to /);
    expect(() => read(flags)).toThrow(message);
  }
});
