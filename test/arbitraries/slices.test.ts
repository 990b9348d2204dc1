import { describe, expect, it } from "vitest";
import { parts, take } from "../../src/arbitraries/slices.js";

describe("parts", () => {
  it.each([
    [1, []],
    [2, [[1], [0]]],
    [3, [[0], [1], [2], [1, 2], [0, 2], [0, 1]]],
    [4, [[0], [1], [2], [3], [0, 1], [1, 2], [2, 3], [1, 2, 3], [0, 2, 3], [0, 1, 3], [0, 1, 2]]],
  ])("of an axis of %d are runs of neighbours, shortest first, and all but one", (n, expected) => {
    expect([...parts(n)]).toEqual(expected);
  });
});

describe("take", () => {
  const data = Float32Array.from({ length: 12 }, (_, i) => i);
  it.each([
    [0, [1], [6, 7, 8, 9, 10, 11]],
    [1, [0, 2], [0, 1, 4, 5, 6, 7, 10, 11]],
    [2, [1], [1, 3, 5, 7, 9, 11]],
  ])("takes from axis %d of [2, 3, 2] the indices %j", (axis, kept, expected) => {
    expect([...take(data, [2, 3, 2], axis, kept)]).toEqual(expected);
  });
});
