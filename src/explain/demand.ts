import { broadcastStrides } from "../kernels/broadcast.js";
import { kernels } from "../kernels/index.js";
import { sizeOf, stridesOf } from "../kernels/shape.js";
import type { Node, Program } from "../program/program.js";

/** Tensors of at most this many elements are looked at as a whole. */
export const WHOLE = 64;

export type Demand = "all" | ReadonlySet<number>;

/**
 * Which elements of each value of a program are looked at. A map has thousands
 * of pixels, and an explanation is about one of them: what lies in the layout
 * of the logits is looked at there alone, other tensors as a whole.
 */
export function shownElements(program: Program, at: number): Demand[] {
  const size = sizeOf(program.values[program.logits].shape);
  const inLayout = new Set([program.logits, program.labels]);
  for (const node of program.nodes) {
    if (!keepsLayout(node)) continue;
    const inputs = node.inputs.filter(({ value }) => sizeOf(program.values[value].shape) === size);
    if (inputs.some(({ value }) => inLayout.has(value)))
      for (const output of node.outputs) inLayout.add(output);
  }
  return program.values.map(({ shape }, id) =>
    size > WHOLE && inLayout.has(id) && sizeOf(shape) === size ? new Set([at]) : "all",
  );
}

/** Which elements of each value must be known for those that are shown; what is `given` needs nothing. */
export function neededElements(
  program: Program,
  shown: readonly Demand[],
  given: ReadonlySet<number> = new Set(),
): Demand[] {
  const needed = [...shown];
  for (const node of [...program.nodes].reverse()) {
    if (node.outputs.every((output) => given.has(output))) continue;
    const demand = joined(node.outputs.map((output) => needed[output]));
    for (const { value } of node.inputs) {
      needed[value] = joined([needed[value], elementsBehind(program, node, value, demand)]);
    }
  }
  return needed;
}

/** The values, not in the layout of the logits themselves, that are made from all of something that is: sums of a map. */
export function reductions(program: Program, shown: readonly Demand[]): number[] {
  return program.nodes
    .filter(
      ({ inputs, outputs }) =>
        shown[outputs[0]] === "all" && inputs.some(({ value }) => shown[value] !== "all"),
    )
    .flatMap(({ outputs }) => outputs);
}

/** Where the element of an input lies that an element of an elementwise kernel's result is made from. */
export function operandIndex(program: Program, node: Node, input: number, element: number): number {
  const from = program.values[input].shape;
  const to = program.values[node.outputs[0]].shape;
  if (sizeOf(from) === 1) return 0;
  if (sizeOf(from) === sizeOf(to)) return element;
  const strides = broadcastStrides(from, to);
  return stridesOf(to).reduce(
    (sum, stride, axis) => sum + (Math.floor(element / stride) % to[axis]) * strides[axis],
    0,
  );
}

/** Whether each element of the result is made from one element of each input. */
export function keepsLayout(node: Node): boolean {
  return (
    kernels[node.kernel]?.elementwise !== undefined ||
    node.kernel === "Reshape" ||
    node.kernel === "ExpandDims"
  );
}

function elementsBehind(program: Program, node: Node, input: number, demand: Demand): Demand {
  if (demand === "all" || !keepsLayout(node)) return "all";
  return new Set([...demand].map((element) => operandIndex(program, node, input, element)));
}

function joined(demands: readonly Demand[]): Demand {
  const union = new Set<number>();
  for (const demand of demands) {
    if (demand === "all") return "all";
    for (const element of demand) union.add(element);
  }
  return union;
}
