import { describe, expect, it } from "vitest";
import { InputError } from "../../src/inputs/input-error.js";
import { asMap, matchLabels } from "../../src/inputs/logit-map.js";

describe("asMap", () => {
  it.each([
    [
      [5, 7],
      [1, 5, 7, 1],
    ],
    [
      [5, 7, 3],
      [1, 5, 7, 3],
    ],
    [
      [2, 5, 7, 3],
      [2, 5, 7, 3],
    ],
  ])("takes %j as %j", (shape, map) => {
    expect(asMap(shape)).toEqual(map);
  });

  it.each([[[]], [[5]], [[1, 2, 5, 7, 3]]])("refuses the shape %j", (shape) => {
    expect(() => asMap(shape)).toThrow(InputError);
    expect(() => asMap(shape)).toThrow(`Logits of shape [${shape.join(", ")}] are no heat map`);
  });
});

describe("matchLabels", () => {
  it("accepts labels of the same shape", () => {
    expect(() => matchLabels([1, 5, 7, 3], [1, 5, 7, 3])).not.toThrow();
  });

  it.each([[[1, 5, 7, 2]], [[5, 7, 3]], [[1, 7, 5, 3]], [[]]])("refuses labels of shape %j", (labels) => {
    expect(() => matchLabels([1, 5, 7, 3], labels)).toThrow(InputError);
    expect(() => matchLabels([1, 5, 7, 3], labels)).toThrow(/shape \[.*\], the logits \[1, 5, 7, 3\]/);
  });
});
