import { describe, expect, test } from "vitest";
import { kernels } from "../../src/kernels/index.js";
import type { Attrs, Inputs } from "../../src/kernels/kernel.js";
import { expectAgreement, floats, ints, titled, vector } from "./cpu.js";
import { float64, unknowing } from "./float64.js";

const x = floats([3, 4, 2]);

const INDEXED: [name: string, inputs: Inputs<number>, attrs: Attrs][] = [
  ["GatherV2", { x, indices: vector([2, 0, 2], "int32") }, { axis: 0 }],
  ["GatherV2", { x, indices: ints([3, 5], 0, 3) }, { axis: 1, batchDims: 1 }],
  ["GatherNd", { params: x, indices: ints([5, 1], 0, 2) }, {}],
  ["GatherNd", { params: x, indices: ints([2, 3, 2], 0, 2) }, {}],
  ["ScatterNd", { indices: ints([6, 1], 0, 3), updates: floats([6]) }, { shape: [4] }],
  ["ScatterNd", { indices: ints([5, 2], 0, 2), updates: floats([5, 2]) }, { shape: [3, 4, 2] }],
  ["ScatterNd", { indices: ints([2, 3, 1], 0, 3), updates: floats([2, 3, 2]) }, { shape: [4, 2] }],
  ["UnsortedSegmentSum", { x: floats([6]), segmentIds: ints([6], 0, 2) }, { numSegments: 3 }],
  ["UnsortedSegmentSum", { x, segmentIds: ints([3], 0, 1) }, { numSegments: 4 }],
  ["UnsortedSegmentSum", { x, segmentIds: ints([3], -1, 2) }, { numSegments: 2 }],
  ["UnsortedSegmentSum", { x: floats([4, 3]), segmentIds: ints([4, 3], 0, 2) }, { numSegments: 3 }],
  ["OneHot", { indices: ints([5], -1, 3) }, { depth: 3, onValue: 1, offValue: 0, dtype: "float32" }],
  ["OneHot", { indices: ints([2, 3], 0, 2) }, { depth: 3, onValue: 0.9, offValue: 0.1, dtype: "float32" }],
];

describe("indexing", () => {
  test.each(titled(INDEXED))("%s is tfjs's where the indices are known", (_title, name, inputs, attrs) => {
    // Sums of at most three numbers below 4, rounded after each addition on cpu.
    expectAgreement(name, inputs, attrs, { ulps: 3, scale: 1 });
  });

  test.each(titled(INDEXED))("%s is the same where only select can tell", (_title, name, inputs, attrs) => {
    expectAgreement(name, inputs, attrs, { ulps: 3, scale: 1 }, unknowing);
  });

  test("an index outside its axis is named, as tfjs refuses it", () => {
    const inputs = { x, indices: vector([3], "int32") };
    expect(() => kernels.GatherV2.evaluate(float64, inputs, { axis: 0 })).toThrow(
      "the index 3 is outside its axis: it must be an integer from 0 to 2",
    );
  });
});
