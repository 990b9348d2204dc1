import type { Arithmetic } from "../arithmetic/arithmetic.js";
import { meaningOf } from "../evaluate/interpret.js";
import type { Tensor } from "../kernels/kernel.js";
import { sizeOf } from "../kernels/shape.js";
import type { Node, Program } from "../program/program.js";
import { type Demand, keepsLayout, operandIndex } from "./demand.js";

/** The elements of a value, those that nobody needs left out. */
export type Elements<T> = (T | undefined)[];

/**
 * Runs a program in an arithmetic, and gives what is needed of every value.
 * `given` holds the inputs, and those results that are known already.
 */
export function exactRun<T>(
  program: Program,
  arithmetic: Arithmetic<T>,
  needed: readonly Demand[],
  given: ReadonlyMap<number, Elements<T>>,
): Elements<T>[] {
  const values = program.values.map(
    ({ constant }, id): Elements<T> =>
      given.get(id) ?? (constant ? Array.from(constant, (x) => arithmetic.constant(x)) : []),
  );
  for (const node of program.nodes) {
    if (node.outputs.every((output) => given.has(output))) continue;
    const demand = needed[node.outputs[0]];
    if (demand === "all" || !keepsLayout(node)) {
      evaluate(program, node, arithmetic, (id) => values[id] as T[]).forEach((data, i) => {
        values[node.outputs[i]] = data;
      });
      continue;
    }
    for (const element of demand) {
      const operand = (id: number) => values[id][operandIndex(program, node, id, element)] as T;
      values[node.outputs[0]][element] = evaluateElement(node, arithmetic, operand);
    }
  }
  return values;
}

/** What one kernel of a program means, for given inputs. */
export function evaluate<T>(
  program: Program,
  node: Node,
  arithmetic: Arithmetic<T>,
  dataOf: (id: number) => T[],
): T[][] {
  const kernel = meaningOf(node);
  const inputs: Record<string, Tensor<T>> = {};
  for (const { name, value } of node.inputs) {
    const { shape, dtype } = program.values[value];
    inputs[name] = { shape, dtype, data: dataOf(value) };
  }
  const outputs = kernel.evaluate(arithmetic, inputs, node.attrs);
  return outputs.map(({ data }, i) => {
    const size = sizeOf(program.values[node.outputs[i]].shape);
    if (data.length !== size)
      throw new Error(`${node.kernel} has ${data.length} elements where tfjs made ${size}`);
    return data;
  });
}

/** The same for one element of a kernel that keeps the layout of its inputs. */
export function evaluateElement<T>(node: Node, arithmetic: Arithmetic<T>, operand: (id: number) => T): T {
  const { elementwise } = meaningOf(node);
  if (!elementwise) return operand(node.inputs[0].value);
  const operands = elementwise.inputs.map((name) => {
    const input = node.inputs.find((candidate) => candidate.name === name);
    return operand((input as Node["inputs"][number]).value);
  });
  return elementwise.scalar(arithmetic, operands, node.attrs);
}
