import { describe, expect, it } from "vitest";
import { rowLabels, rowLogits } from "../../src/inputs/labels.js";

describe("rowLabels", () => {
  it("gives the swept class z and the next one the rest", () => {
    expect(rowLabels(0.25, 4)).toEqual(Float32Array.of(0.25, 0.75, 0, 0));
    expect(rowLabels(1, 2)).toEqual(Float32Array.of(1, 0));
  });

  it("has nothing to share in a single class", () => {
    expect(rowLabels(1, 1)).toEqual(Float32Array.of(1));
  });
});

describe("rowLogits", () => {
  it("puts each logit first in a row of zeros", () => {
    expect(rowLogits(Float32Array.of(17.5, -3), 3)).toEqual(Float32Array.of(17.5, 0, 0, -3, 0, 0));
  });
});
