import { describe, expect, test } from "vitest";
import { codeOf } from "../../src/init/code-of.js";
import { exportedFunctions } from "../../src/init/exported-functions.js";
import { judgeFunction } from "../../src/init/judge-function.js";
import { saysLoss, wordsOf } from "../../src/init/names.js";

const judged = (declaration: string, fileName = "training") => {
  const [one] = exportedFunctions(codeOf(`export ${declaration}`));
  return judgeFunction(one, fileName);
};

test.each([
  ["yTrue", "y true"],
  ["y_true", "y true"],
  ["BCELoss", "bce loss"],
  ["sigmoid-cross-entropy2", "sigmoid cross entropy"],
  ["LOG_LOSS", "log loss"],
  ["$", ""],
])("the words of %s are %j", (name, words) => {
  expect(wordsOf(name).join(" ")).toBe(words);
});

test.each([
  ...[
    "loss",
    "focalLoss",
    "focal",
    "bce_loss",
    "BCEWithLogits",
    "crossEntropy",
    "crossentropy",
    "softmax-cross-entropy",
  ],
  ...[
    "huber",
    "dice",
    "klDivergence",
    "nll",
    "hingeLoss",
    "logLoss",
    "tripletloss",
    "losses",
    "computeLoss",
    "mse",
  ],
])("%s says that it is a loss", (name) => {
  expect(saysLoss(name)).toBe(true);
});

test.each([
  ...["sigmoid", "train", "lossless", "makeLoss", "createFocalLoss", "plotLoss", "isLoss", "getLoss"],
  ...["accuracy", "normalise", "", "blossom"],
])("%j does not", (name) => {
  expect(saysLoss(name)).toBe(false);
});

describe("a loss is", () => {
  test.each([
    ["function focal(logits, labels) {}"],
    ["function focal(logits, labels, alpha = 0.25, gamma = 2) {}"],
    ["function focal(logits, labels = zeros) {}"],
    ["const bce = (yPred, yTrue) => 1;"],
    ["const bce = (x, z) => 1;"],
    ["const bce = (x, y) => 1;"],
    ["const bce = (a, b) => 1;"],
    ["const mse = (output, target) => 1;"],
  ])("%s", (declaration) => {
    expect(judged(declaration)).toEqual({ is: "loss", from: "logits" });
  });

  test.each([
    ["const bce = (probs, labels) => 1;"],
    ["const kl = (p, q) => 1;"],
    ["const nll = (y_prob, y) => 1;"],
  ])("from probabilities: %s", (declaration) => {
    expect(judged(declaration)).toEqual({ is: "loss", from: "probabilities" });
  });

  test("what its file says that it is, where its parameters are logits and labels", () => {
    for (const file of ["focal-loss", "losses", "crossEntropy"]) {
      expect(judged("function centernet(logits, labels) {}", file)).toEqual({ is: "loss", from: "logits" });
      expect(judged("default (a, b) => 1", file)).toEqual({ is: "loss", from: "logits" });
      for (const other of ["weightMap(labels, alpha)", "pair(a, b)", "sum(logits, scores)", "one(x)"]) {
        expect(judged(`function ${other} {}`, file)).toEqual({ is: "something else" });
      }
    }
    expect(judged("function centernet(logits, labels) {}")).toEqual({ is: "something else" });
  });
});

test.each([
  [
    "function focal(logits, labels, weights) {}",
    /^it needs 3 arguments, but a loss is called with \(logits, labels\): give/,
  ],
  ["function focal(gamma) {}", /^it takes one argument, but a loss is called with/],
  ["function focal() {}", /^it takes no arguments, but/],
  [
    "function focal(yTrue, yPred) {}",
    /^it takes the labels first, but .*: export \(logits, labels\) => … that calls it$/,
  ],
  ["function focal(y, yHat) {}", /^it takes the labels first/],
  ["function focal(labels, k) {}", /^it takes the labels first/],
  ["function focalLoss(alpha, gamma) {}", /^\(alpha, gamma\) are not \(logits, labels\) by their names$/],
  ["function trainLoss(model, batch) {}", /^\(model, batch\) are not/],
  ["function focal({ logits, labels }, b) {}", /^\(\{…\}, b\) are not/],
  [
    "async function focal(logits, labels) {}",
    /^it is asynchronous, but a loss is called .* and gives a tensor$/,
  ],
  [
    "const focal = tf.customGrad((x, z) => x);",
    /^what it takes can't be read off its text; add it if it is a loss$/,
  ],
])("%s is passed over, and it is said why", (declaration, reason) => {
  expect(judged(declaration)).toEqual({ is: "passed over", reason: expect.stringMatching(reason) });
});
