import type { Arithmetic } from "../arithmetic/arithmetic.js";
import { type BallValue, ballValues } from "../arithmetic/ball-value.js";
import type { Enclosure } from "../arithmetic/enclosure.js";
import type { Inputs, Kernel } from "../kernels/kernel.js";
import { sizeOf } from "../kernels/shape.js";
import type { Node, Program } from "../program/program.js";
import {
  type BallArray,
  type BallColumn,
  computedColumn,
  constantColumn,
  exactColumn,
  midOf,
  toBallArray,
} from "./ball-column.js";
import { evaluateElementwise } from "./ball-elementwise.js";
import { type ColumnInput, moveBalls } from "./ball-movement.js";
import { sumBalls } from "./ball-sum.js";
import { constantOf, meaningOf, neededNodes } from "./interpret.js";

export type { BallArray } from "./ball-column.js";

/**
 * Encloses the loss of a whole map, and the recorded gradient if there is one,
 * in balls of float64: node by node on typed arrays, each freed after its last
 * use. A logit or label that is not finite states nothing.
 */
export function evaluateBallArrays(
  program: Program,
  logits: Float32Array,
  labels: Float32Array,
): { value: BallArray; gradient?: BallArray } {
  const wanted = program.gradient === undefined ? [program.value] : [program.value, program.gradient];
  const nodes = neededNodes(program, wanted);
  const uses = new Map<number, number>();
  const use = (id: number, count: number): number => {
    const left = (uses.get(id) ?? 0) + count;
    uses.set(id, left);
    return left;
  };
  for (const id of [...wanted, ...nodes.flatMap(({ inputs }) => inputs.map(({ value }) => value))])
    use(id, 1);

  const columns = new Map<number, BallColumn>();
  columns.set(program.logits, exactColumn(checked(program, program.logits, logits)));
  columns.set(program.labels, constantColumn(checked(program, program.labels, labels)));
  const columnOf = (id: number): BallColumn => columns.get(id) ?? constantColumn(constantOf(program, id));
  for (const node of nodes) {
    const inputs = node.inputs.map(({ name, value }) => ({
      name,
      ...program.values[value],
      column: columnOf(value),
    }));
    const outputs = evaluateNode(program, node, inputs);
    node.outputs.forEach((id, i) => {
      if (uses.has(id)) columns.set(id, outputs[i]);
    });
    for (const { value } of node.inputs) if (use(value, -1) === 0) columns.delete(value);
  }
  return {
    value: toBallArray(columnOf(program.value)),
    ...(program.gradient === undefined ? {} : { gradient: toBallArray(columnOf(program.gradient)) }),
  };
}

function checked(program: Program, id: number, data: Float32Array): Float32Array {
  const { shape } = program.values[id];
  if (data.length !== sizeOf(shape)) {
    throw new RangeError(
      `The program is for inputs of the shape [${shape}], but ${data.length} elements were given.`,
    );
  }
  return data;
}

function evaluateNode(program: Program, node: Node, inputs: readonly ColumnInput[]): BallColumn[] {
  const kernel = meaningOf(node);
  if (kernel.elementwise) {
    const operands = kernel.elementwise.inputs.map((name) => inputs.find((input) => input.name === name)!);
    return [evaluateElementwise(node, kernel.elementwise, operands, program.values[node.outputs[0]].shape)];
  }
  if (node.kernel === "Sum" || node.kernel === "Mean") {
    const [{ column, shape }] = inputs;
    return [
      sumBalls(column, shape, node.attrs.axis as number | number[] | undefined, node.kernel === "Mean"),
    ];
  }
  return moveBalls(node, kernel, inputs) ?? evaluateSingly(node, kernel, inputs);
}

let values: Arithmetic<BallValue> | undefined;

/** Any other kernel, as it is written: on balls one at a time. */
function evaluateSingly(node: Node, kernel: Kernel, inputs: readonly ColumnInput[]): BallColumn[] {
  values ??= ballValues();
  const tensors: Inputs<BallValue> = {};
  for (const { name, shape, dtype, column } of inputs) {
    const data = Array.from({ length: column.length }, (_, i) => ({
      mid: midOf(column, i),
      rad: column.rad?.[i] ?? 0,
    }));
    tensors[name] = { shape, dtype, data };
  }
  return kernel.evaluate(values, tensors, node.attrs).map(({ data }) => {
    const mid = Float64Array.from(data, ({ mid }) => mid);
    return computedColumn(
      mid,
      Float64Array.from(data, ({ rad }) => rad),
      false,
    );
  });
}

/** Element i, by its ends; the sum and the difference are rounded once each. */
export function enclosureOf({ mid, rad }: BallArray, i: number): Enclosure {
  const reach = rad[i] + Math.abs(mid[i]) * 2 ** -52;
  if (!(reach < Infinity)) return { lo: -Infinity, hi: Infinity, defined: "unknown" };
  return { lo: mid[i] - reach, hi: mid[i] + reach, defined: "yes" };
}
