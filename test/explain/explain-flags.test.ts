import { expect, test } from "vitest";
import { sweepOptions } from "../../src/cli/sweep-options.js";
import { type ExplainFlags, explainOptions } from "../../src/explain/explain-flags.js";

const required = { target: "cpu", from: "logits", rtol: "1e-5", atol: "0" };
const sweepFlags = {
  ...required,
  range: "-1,1",
  labels: "0",
  size: "1x1",
  classes: "1",
  objects: "0,0",
  seed: "0",
  "fail-on": "never",
  timeout: "30",
};

const sourceOf = (flags: Partial<ExplainFlags>) =>
  explainOptions("softplus", { ...required, ...flags }).source;

test("logits are decimals or bits, several in one flag or in several", () => {
  expect(sourceOf({ at: ["17.4,-3", "0x418b3333", "inf"], label: ["0,1"] })).toEqual({
    kind: "at",
    logits: [Math.fround(17.4), -3, Number.POSITIVE_INFINITY],
    labels: [0, 1],
  });
});

test("without --label the label is 0", () => {
  expect(sourceOf({ at: ["1"] })).toMatchObject({ labels: [0] });
});

test("a heat map is that of a sweep with the same flags", () => {
  expect(sourceOf({ heatmap: "3", size: "8x4", objects: "0,2", seed: "7", index: "0,1,2,0" })).toEqual({
    kind: "heatmap",
    heatmap: 3,
    options: { height: 8, width: 4, classes: 1, objects: [0, 2], seed: 7 },
    index: [0, 1, 2, 0],
  });
});

test.each<[Partial<ExplainFlags>, string]>([
  [{}, "No point was given. Give a logit with --at"],
  [{ at: ["1"], logits: "x.npy" }, "--at and --logits are two ways to give the points"],
  [{ at: ["1"], index: "0" }, "--index does not go with --at, only with --logits and --heatmap"],
  [{ logits: "x.npy", beside: "1:1" }, "--beside does not go with --logits, only with --at"],
  [{ logits: "x.npy", "label-map": "z.npy", label: ["1"] }, "--label and --label-map both give the labels"],
  [{ at: ["x"] }, '--at: "x" is not a number'],
  [{ at: ["0x123"] }, '--at: "0x123" is not the bits of a float32'],
  [{ at: ["nan"] }, '--at: "nan" is no input to audit'],
  [
    { at: ["1"], beside: "16" },
    '--beside takes LOGIT:LABEL of a second pixel, such as 16:1, but "16" was given.',
  ],
  [{ at: ["1"], label: ["inf"] }, "--label takes finite float32 numbers"],
  [{ heatmap: "0", size: "8" }, "--size takes HEIGHTxWIDTH"],
  [{ heatmap: "0", index: "a" }, "--index takes a whole number"],
])("%j is refused: %s", (flags, message) => {
  expect(() => sourceOf(flags)).toThrow(message);
});

test("what an export is compared with is names separated by commas, or nothing", () => {
  const comparedWith = (text?: string) =>
    explainOptions("./loss.ts#naive", { ...required, at: ["1"], with: text }).comparedWith;
  expect(comparedWith("stable, other")).toEqual(["stable", "other"]);
  expect(comparedWith()).toEqual([]);
});

test("a tolerance is read and refused as a sweep reads and refuses it", () => {
  const explained = (flags: Partial<ExplainFlags>) =>
    explainOptions("softplus", { ...required, at: ["1"], ...flags });
  expect(explained({ rtol: "1e-3", atol: "1e-9" })).toMatchObject({ rtol: 1e-3, atol: 1e-9 });
  for (const flags of [{ rtol: "2" }, { rtol: "-1" }, { atol: "x" }, { atol: "1e39" }]) {
    let message = "";
    try {
      sweepOptions([], { ...sweepFlags, ...flags });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/^--[ra]tol takes a number from 0 to /);
    expect(() => explained(flags)).toThrow(message);
  }
});
