import { describe, expect, test } from "vitest";
import { kernels } from "../../src/kernels/index.js";
import type { Attrs, Inputs } from "../../src/kernels/kernel.js";
import { expectAgreement, floats, ints, titled, vector } from "./cpu.js";
import { immovable } from "./float64.js";

const x = floats([3, 4, 2]);

/** Kernels that may only move elements: each is also run on elements that nothing can be computed from. */
const MOVES: [name: string, inputs: Inputs<number>, attrs: Attrs][] = [
  ["Identity", { x }, {}],
  ["Reshape", { x }, { shape: [4, 6] }],
  ["Reshape", { x }, { shape: [-1, 2] }],
  ["Reshape", { x: floats([]) }, { shape: [1, 1] }],
  ["ExpandDims", { input: x }, { dim: 0 }],
  ["ExpandDims", { input: x }, { dim: 3 }],
  ["ExpandDims", { input: x }, { dim: -1 }],
  ["Transpose", { x }, { perm: [2, 0, 1] }],
  ["Transpose", { x: floats([2, 3]) }, { perm: [1, 0] }],
  ["Slice", { x }, { begin: [1, 0, 1], size: [2, 3, 1] }],
  ["Slice", { x }, { begin: [0, 2], size: [-1, 1] }],
  ["Slice", { x }, { begin: 1, size: 2 }],
  ["Slice", { x }, { begin: [1, 1, 0], size: [0, 2, 2] }],
  ["Reverse", { x }, { dims: [0] }],
  ["Reverse", { x }, { dims: [-1, 1] }],
  ["Reverse", { x: floats([]) }, { dims: [] }],
  ["Tile", { x: floats([2, 3]) }, { reps: [2, 3] }],
  ["Tile", { x: floats([3]) }, { reps: [1] }],
  [
    "MirrorPad",
    { x: floats([3, 4]) },
    {
      mode: "reflect",
      paddings: [
        [2, 1],
        [0, 3],
      ],
    },
  ],
  [
    "MirrorPad",
    { x: floats([3, 4]) },
    {
      mode: "symmetric",
      paddings: [
        [2, 3],
        [1, 4],
      ],
    },
  ],
  [
    "PadV2",
    { x: floats([2, 3]) },
    {
      constantValue: 0,
      paddings: [
        [1, 0],
        [2, 1],
      ],
    },
  ],
  ["PadV2", { x: floats([2]) }, { constantValue: 0.1, paddings: [[1, 2]] }],
  ["SplitV", { x }, { numOrSizeSplits: 2, axis: 1 }],
  ["SplitV", { x }, { numOrSizeSplits: [1, 2], axis: 0 }],
  ["SplitV", { x }, { numOrSizeSplits: [1, -1, 2], axis: -2 }],
  ["Unpack", { value: x }, { axis: 0 }],
  ["Unpack", { value: x }, { axis: -1 }],
  [
    "Concat",
    { 0: floats([2, 3], -1, 1, 1), 1: floats([2, 1], -1, 1, 2), 2: floats([2, 2], -1, 1, 3) },
    { axis: 1 },
  ],
  ["Concat", { 0: floats([2, 3], -1, 1, 1), 1: floats([1, 3], -1, 1, 2) }, { axis: 0 }],
  ["Concat", { 0: floats([2, 3]) }, { axis: -1 }],
  ["Pack", { 0: floats([2, 3], -1, 1, 1), 1: floats([2, 3], -1, 1, 2) }, { axis: 0 }],
  ["Pack", { 0: floats([2, 3], -1, 1, 1), 1: floats([2, 3], -1, 1, 2) }, { axis: 2 }],
  ["Pack", { 0: floats([]), 1: floats([], -1, 1, 2) }, { axis: 0 }],
  ["Diag", { x: floats([4]) }, {}],
  ["GatherV2", { x, indices: vector([2, 0, 2], "int32") }, { axis: 0 }],
  ["GatherV2", { x, indices: ints([2, 2], 0, 3) }, { axis: 1, batchDims: 0 }],
  ["GatherV2", { x, indices: ints([3, 5], 0, 3) }, { axis: 1, batchDims: 1 }],
  ["GatherV2", { x, indices: ints([3, 2], 0, 1) }, { axis: 2, batchDims: 1 }],
  ["GatherV2", { x, indices: ints([], 0, 1) }, { axis: -1 }],
  ["GatherNd", { params: x, indices: ints([5, 1], 0, 2) }, {}],
  ["GatherNd", { params: x, indices: ints([2, 3, 2], 0, 2) }, {}],
  ["GatherNd", { params: x, indices: ints([4, 3], 0, 1) }, {}],
  ["ScatterNd", { indices: vector([4, 1], "int32"), updates: vector([2, 3]) }, { shape: [5] }],
];

/** begin, end, strides, then the five masks: begin, end, ellipsis, new axis, shrink axis. */
const STRIDED_SLICES: [number[], number[], number[], ...number[]][] = [
  [
    [0, 1, 0],
    [3, 4, 2],
    [2, 2, 1],
  ],
  [[1], [3], [1]],
  [
    [-1, -1, -1],
    [-4, -4, -3],
    [-1, -2, -1],
  ],
  [[2, 3], [0, 0], [-1, -2], 0b00, 0b10],
  [[1, 1], [2, 3], [1, 2], 0b01, 0b10],
  [[0, 1], [0, 2], [1, 1], 0, 0, 0b01],
  [[1, 0, 1], [2, 0, 2], [1, 1, 1], 0, 0, 0b010],
  [[1, 0, 0], [2, 0, 3], [1, 1, 1], 0, 0, 0, 0b010],
  [[1, -1], [2, 0], [1, 1], 0, 0, 0, 0, 0b11],
  [[-1, 0, 0], [0, 0, 1], [1, 1, 1], 0, 0, 0b010, 0, 0b001],
  [
    [2, 0],
    [1, 4],
    [1, 2],
  ],
  [
    [-9, 5],
    [9, -9],
    [1, -1],
  ],
];
for (const [begin, end, strides, ...masks] of STRIDED_SLICES) {
  const [beginMask = 0, endMask = 0, ellipsisMask = 0, newAxisMask = 0, shrinkAxisMask = 0] = masks;
  MOVES.push([
    "StridedSlice",
    { x },
    { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask },
  ]);
}

describe("movement", () => {
  test.each(titled(MOVES))("%s moves as tfjs does", (_title, name, inputs, attrs) => {
    expectAgreement(name, inputs, attrs, { ulps: name === "PadV2" ? 1 : 0 });
  });

  test.each(titled(MOVES))("%s computes nothing", (_title, name, inputs, attrs) => {
    const symbolic: Inputs<unknown> = Object.fromEntries(
      Object.entries(inputs).map(([key, tensor]) => [
        key,
        key === "indices" ? tensor : { ...tensor, data: tensor.data.map((_, i) => ({ of: key, i })) },
      ]),
    );
    const read = new Set<unknown>(Object.values(symbolic).flatMap(({ data }) => data));
    for (const { data } of kernels[name].evaluate(immovable, symbolic, attrs)) {
      for (const element of data) {
        expect(read.has(element) || typeof (element as { constant: number }).constant === "number").toBe(
          true,
        );
      }
    }
  });
});
