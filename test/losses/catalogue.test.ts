import { expect, test } from "vitest";
import { catalogue, findLoss } from "../../src/losses/catalogue.js";
import { catalogueNames } from "../../src/losses/names.js";

test("the catalogue has the losses and implementations that users type", () => {
  const names = Object.fromEntries(catalogue.map((l) => [l.name, l.implementations.map((i) => i.name)]));
  expect(names).toEqual({
    "sigmoid-cross-entropy": [
      "naive",
      "line-2",
      "line-3",
      "line-4",
      "line-5",
      "line-6",
      "line-7",
      "line-8",
      "overflow-free",
      "tensorflow",
      "library",
      "softplus",
    ],
    softplus: ["naive", "overflow-free", "log1p", "library"],
    "heatmap-focal": ["naive", "slow", "trans-pred", "clamped", "logits", "logits-differentiable", "stable"],
    "softmax-cross-entropy": ["naive", "shifted", "library"],
    "log-sum-exp": ["naive", "shifted", "library"],
  });
});

test("the names that are known without loading the catalogue are those in it, in its order", () => {
  expect([...catalogueNames]).toEqual(
    catalogue.map(({ name, implementations }) => [name, implementations.map((i) => i.name)]),
  );
});

test("every loss and implementation says what it computes and where that comes from", () => {
  for (const loss of catalogue) {
    for (const text of [loss.summary, loss.formula, loss.source]) {
      expect(text, loss.name).toMatch(/\S/);
    }
    for (const { name, formula, source } of loss.implementations) {
      expect(formula, `${loss.name}#${name}`).toMatch(/\S/);
      expect(source, `${loss.name}#${name}`).toMatch(/\S/);
    }
    expect(new Set(loss.implementations.map((i) => i.formula)).size, loss.name).toBe(
      loss.implementations.length,
    );
  }
});

test("every reference is one of the loss's implementations, and every loss has one", () => {
  for (const { name, implementations, reference } of catalogue) {
    expect(reference.length, name).toBeGreaterThan(0);
    expect(implementations.map((i) => i.name)).toEqual(expect.arrayContaining(reference));
  }
});

test("findLoss finds exact names alone", () => {
  expect(findLoss("softplus")?.name).toBe("softplus");
  expect(findLoss("Softplus")).toBeUndefined();
  expect(findLoss("soft")).toBeUndefined();
});
