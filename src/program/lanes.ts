import type { Kernel } from "../kernels/kernel.js";
import type { Node, Program } from "./program.js";

/**
 * How a value of a program that was recorded for a batch of n points, n in
 * axis 0, depends on the batch:
 * - `lanes`: row i depends on point i alone;
 * - `uniform`: it depends on no point and all its elements are the same;
 * - `shared`: it depends on no point and has no axis of the batch, such as weights of classes.
 */
type Lanes = "lanes" | "uniform" | "shared";

/** What a kernel does with axis 0, where that is not what an elementwise kernel does. */
const keepsRows: Record<string, (node: Node, n: number, shapes: readonly (readonly number[])[]) => boolean> =
  {
    Identity: () => true,
    Reshape: (node, n, shapes) => shapes[node.outputs[0]][0] === n,
    ExpandDims: (node) => (node.attrs.dim as number) > 0,
    Transpose: (node) => (node.attrs.perm as number[])[0] === 0,
    Sum: reduces,
    Mean: reduces,
    Max: reduces,
    Min: reduces,
    Prod: reduces,
    All: reduces,
    Any: reduces,
    Softmax: (node, _n, shapes) => shapes[node.inputs[0].value].length > 1,
    LogSoftmax: (node, _n, shapes) => shapes[node.inputs[0].value].length > 1,
    Slice: (node, n, shapes) => {
      const begin = (node.attrs.begin as number[])[0];
      return begin === 0 && shapes[node.outputs[0]][0] === n;
    },
    Concat: alongAnotherAxis,
    Pack: alongAnotherAxis,
    Unpack: alongAnotherAxis,
    SplitV: alongAnotherAxis,
    Tile: (node) => (node.attrs.reps as number[])[0] === 1,
    PadV2: (node) => (node.attrs.paddings as number[][])[0].every((p) => p === 0),
  };

function reduces(node: Node, _n: number, shapes: readonly (readonly number[])[]): boolean {
  const axis = (node.attrs.axis ?? node.attrs.reductionIndices) as number | number[] | null | undefined;
  if (axis === null || axis === undefined) return false;
  const rank = shapes[node.inputs[0].value].length;
  return [axis].flat().every((a) => (a + rank) % rank !== 0);
}

function alongAnotherAxis(node: Node, _n: number, shapes: readonly (readonly number[])[]): boolean {
  const rank = Math.max(...node.outputs.map((id) => shapes[id].length), shapes[node.inputs[0].value].length);
  return ((node.attrs.axis as number) + rank) % rank !== 0;
}

/**
 * Whether a program recorded for n >= 2 points in axis 0 treats each point by
 * itself, so that n points may be evaluated in one call. Sound, not complete:
 * false where the graph alone does not show it.
 */
export function treatsPointsApart(program: Program, kernels: Record<string, Kernel>): boolean {
  const shapes = program.values.map((value) => value.shape);
  const n = shapes[program.logits][0];
  const lanes: (Lanes | undefined)[] = program.values.map(({ constant, shape }) => {
    if (constant?.every((x, _i, all) => x === all[0])) return "uniform";
    return constant && shape[0] !== n ? "shared" : undefined;
  });
  lanes[program.logits] = "lanes";
  lanes[program.labels] = "lanes";
  for (const node of program.nodes) {
    const result = lanesOf(node);
    for (const output of node.outputs) lanes[output] = result;
  }
  const apart = (id: number) => lanes[id] === "lanes" && shapes[id][0] === n;
  const isSameInAll = (id: number) => lanes[id] === "uniform" || lanes[id] === "shared";
  return (
    !program.readsValues &&
    !program.readsLabels &&
    apart(program.value) &&
    (program.gradient === undefined || apart(program.gradient) || isSameInAll(program.gradient))
  );

  function lanesOf(node: Node): Lanes | undefined {
    if (/^(ZerosLike|OnesLike|Fill)$/.test(node.kernel)) return "uniform";
    const inputs = node.inputs.map((input) => lanes[input.value]);
    if (inputs.some((l) => l === undefined)) return undefined;
    const result = inputs.includes("lanes") ? "lanes" : inputs.includes("shared") ? "shared" : "uniform";
    if (kernels[node.kernel]?.elementwise !== undefined) {
      // Broadcasting aligns shapes at their ends: an axis 0 that is the batch must be axis 0 of the result.
      const rank = shapes[node.outputs[0]].length;
      const aligned = node.inputs.every(({ value }, i) => {
        const isBatch = inputs[i] === "lanes" || shapes[value][0] === n;
        return !isBatch || shapes[value].length === rank;
      });
      return aligned ? result : undefined;
    }
    if (inputs.includes("shared")) return undefined;
    // Of a uniform input too: a sum over axis 0 is the size of the batch, a concatenation has two sorts of rows.
    return keepsRows[node.kernel]?.(node, n, shapes) ? result : undefined;
  }
}
