import { expect, test } from "vitest";
import { cureFor } from "../../src/explain/cures.js";

test.each([
  ["log-of-0", "1 - sigmoid(x)", "write softplus(x) for -log(1 - sigmoid(x))"],
  ["log-of-0", "sigmoid(x)", "write softplus(-x) for -log(sigmoid(x))"],
  ["log-of-0", "sigmoid(-x)", "write softplus(x) for -log(sigmoid(-x))"],
  ["log-of-0", "softmax(x)", "write logSoftmax(x) for log(softmax(x))"],
  ["log-of-0", "exp(x)/(1 + exp(x))", "write -softplus(-x) for the log of this quotient"],
  ["log-of-0", "exp(-|x|)", "write -|x| for log(exp(-|x|))"],
  ["log-near-1", "1 + exp(-|x|)", "write softplus(-|x|), or log1p(exp(-|x|))"],
  ["log-near-1", "1 - x*z", "write log1p(-(x*z)) for log(1 - x*z)"],
  ["cancellation", "1 - sigmoid(x)", "write sigmoid(-x) for 1 - sigmoid(x)"],
  ["cancellation", "exp(x) - 1", "write expm1(x) for exp(x) - 1"],
  ["division-by-0", "sum(equal(z, 1))", "guard the denominator, as max(n, 1)"],
  ["overflow", "sum(exp(x))", "shift by the maximum first: exp(x - max(x))"],
  ["tie", "max(x, 0)", "write relu(x), whose slope is 0 there"],
  // Not softplus of "-(x)*sigmoid(y": the sigmoid ends before the product.
  ["log-of-0", "sigmoid(x)*sigmoid(y)", "take the loss on the logits, with softplus or logSoftmax"],
  ["log-near-1", "1 + exp(x)*exp(y)", "write log1p(exp(x)*exp(y)) for log(1 + exp(x)*exp(y))"],
  ["log-near-1", "1 + exp(-(x - z))", "write softplus(-(x - z)), or log1p(exp(-(x - z)))"],
] as const)("%s of %s: %s", (failure, expression, cure) => {
  expect(cureFor(failure, expression)).toBe(cure);
});

test("where nothing general is known there is no cure", () => {
  expect(cureFor("cancellation", "x - z")).toBeUndefined();
  expect(cureFor("tie", "|x|")).toBeUndefined();
});
