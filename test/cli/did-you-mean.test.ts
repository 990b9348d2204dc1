import { expect, test } from "vitest";
import { didYouMean, nearest } from "../../src/cli/did-you-mean.js";

const losses = ["sigmoid-cross-entropy", "softplus", "heatmap-focal", "softmax-cross-entropy", "log-sum-exp"];

test.each([
  ["softpuls", "softplus"],
  ["SoftPlus", "softplus"],
  ["sofplus", "softplus"],
  ["heatmap_focal", "heatmap-focal"],
  ["logsumexp", "log-sum-exp"],
  ["sigmoid", "sigmoid-cross-entropy"],
])("takes %s for a slip of %s", (given, meant) => {
  expect(nearest(given, losses)).toBe(meant);
});

test.each(["huber", "", "so", "cross-entropy"])("does not guess what %j means", (given) => {
  expect(nearest(given, losses)).toBeUndefined();
});

test("a swap of neighbours is one slip, so that a name of three letters can have one", () => {
  expect(nearest("cup", ["cpu", "wasm"])).toBe("cpu");
});

test("says nothing when there is nothing to suggest", () => {
  expect(didYouMean("gpu2000", ["cpu", "wasm"])).toBe("");
  expect(didYouMean("cpuu", ["cpu", "wasm"])).toBe('Did you mean "cpu"? ');
});
