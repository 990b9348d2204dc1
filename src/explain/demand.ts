import { broadcastStrides } from "../kernels/broadcast.js";
import { kernels } from "../kernels/index.js";
import { sizeOf, stridesOf } from "../kernels/shape.js";
import type { Node, Program } from "../program/program.js";
import { sampleAt } from "./computed-point.js";

/** Tensors of at most this many elements are looked at as a whole. */
export const WHOLE = 64;

export type Demand = "all" | ReadonlySet<number>;

/**
 * Which elements of each value of a program are looked at. A map has thousands
 * of pixels, and an explanation is about one of them: what lies in the layout
 * of the logits is looked at there alone, other tensors as a whole. Where each
 * sample of the batch has a loss of its own, only its sample is looked at.
 */
export function shownElements(program: Program, at: number): Demand[] {
  const { values, logits, labels, value, gradient } = program;
  const size = sizeOf(values[logits].shape);
  const inLayout = new Set([logits, labels]);
  for (const node of program.nodes) {
    if (!keepsLayout(node)) continue;
    const inputs = node.inputs.filter((input) => sizeOf(values[input.value].shape) === size);
    if (inputs.some((input) => inLayout.has(input.value)))
      for (const output of node.outputs) inLayout.add(output);
  }
  const perSample = samplesBehindValue(program, inLayout);
  const samples = sizeOf(values[value].shape);
  const sample = sampleAt(at, size, samples);
  const ofSample = Array.from({ length: size / samples }, (_, i) => (sample * size) / samples + i);
  return values.map(({ shape }, id) => {
    if (perSample.has(id)) return new Set([sample]);
    if (!inLayout.has(id) || sizeOf(shape) !== size) return "all";
    if (size > WHOLE) return new Set([at]);
    return perSample.size > 0 && id !== gradient ? new Set(ofSample) : "all";
  });
}

/** A loss with a number for each sample: its value, and those from which each is made sample by sample. */
function samplesBehindValue(
  { nodes, values, value, logits }: Program,
  inLayout: ReadonlySet<number>,
): Set<number> {
  const samples = sizeOf(values[value].shape);
  const found = new Set<number>();
  if (samples === 1 || samples !== values[logits].shape[0] || inLayout.has(value)) return found;
  found.add(value);
  for (const node of [...nodes].reverse()) {
    if (!keepsLayout(node) || !node.outputs.some((output) => found.has(output))) continue;
    for (const input of node.inputs) {
      const isConstant = values[input.value].constant !== undefined;
      if (!isConstant && sizeOf(values[input.value].shape) === samples) found.add(input.value);
    }
  }
  return found;
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
  const sizeAt = (id: number) => sizeOf(program.values[id].shape);
  const size = sizeAt(program.logits);
  return program.nodes
    .filter(
      ({ inputs, outputs }) =>
        (shown[outputs[0]] === "all" || sizeAt(outputs[0]) !== size) &&
        inputs.some(({ value }) => shown[value] !== "all" && sizeAt(value) === size),
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
