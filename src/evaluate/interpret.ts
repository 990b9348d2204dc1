import type { Arithmetic } from "../arithmetic/arithmetic.js";
import { kernels } from "../kernels/index.js";
import type { Kernel, Tensor } from "../kernels/kernel.js";
import { sizeOf } from "../kernels/shape.js";
import type { Node, Program } from "../program/program.js";

/** A program runs a kernel of tfjs that has no meaning in exact arithmetic yet. */
export class UnknownKernelError extends Error {
  override readonly name = "UnknownKernelError";

  constructor(readonly node: Node) {
    const { kernel, pass, line } = node;
    const where = line ? `the ${pass} pass, ${line.file}:${line.line}` : `the ${pass} pass`;
    super(
      `The kernel "${kernel}" (${where}) has no exact meaning yet, so this function has no exact answer. ` +
        `Write it with other operations: ${Object.keys(kernels).length} kernels have one.`,
    );
  }
}

/**
 * Evaluates a recorded program in an arithmetic: the loss, and with "all" its
 * recorded gradient, if it has one. Elements are in row-major order. Nodes that
 * the result does not need are not evaluated.
 */
export function interpret<T>(
  program: Program,
  arithmetic: Arithmetic<T>,
  logits: T[],
  labels: T[],
  want: "value" | "all",
): { value: T[]; gradient?: T[] } {
  const constants = new Map<number, T>();
  const constant = (x: number): T => {
    let t = constants.get(x);
    if (t === undefined) {
      t = arithmetic.constant(x);
      constants.set(x, t);
    }
    return t;
  };
  const tensors: (Tensor<T> | undefined)[] = [];
  const tensor = (id: number): Tensor<T> => {
    let known = tensors[id];
    if (!known) {
      known = withData(program, id, Array.from(constantOf(program, id), constant));
      tensors[id] = known;
    }
    return known;
  };
  tensors[program.logits] = withData(program, program.logits, logits);
  tensors[program.labels] = withData(program, program.labels, labels);
  const gradient = want === "all" ? program.gradient : undefined;
  const wanted = gradient === undefined ? [program.value] : [program.value, gradient];
  for (const node of neededNodes(program, wanted)) {
    const inputs = Object.fromEntries(node.inputs.map(({ name, value }) => [name, tensor(value)]));
    const outputs = meaningOf(node).evaluate(arithmetic, inputs, node.attrs);
    outputs.forEach(({ data }, i) => {
      tensors[node.outputs[i]] = withData(program, node.outputs[i], data);
    });
  }
  return {
    value: tensor(program.value).data,
    ...(gradient === undefined ? {} : { gradient: tensor(gradient).data }),
  };
}

/** The nodes that the wanted values are made from, in the order in which they ran. */
export function neededNodes(program: Program, wanted: readonly number[]): Node[] {
  const needed = new Set(wanted);
  const nodes: Node[] = [];
  for (const node of [...program.nodes].reverse()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    for (const { value } of node.inputs) needed.add(value);
    nodes.push(node);
  }
  return nodes.reverse();
}

export function meaningOf(node: Node): Kernel {
  if (!Object.hasOwn(kernels, node.kernel)) throw new UnknownKernelError(node);
  return kernels[node.kernel];
}

/** The data of a value that no node makes. */
export function constantOf(program: Program, id: number): Float32Array | Int32Array | Uint8Array {
  const { constant } = program.values[id];
  if (!constant)
    throw new Error(`Value ${id} of the program is neither a constant nor made by a node before its use.`);
  return constant;
}

function withData<T>(program: Program, id: number, data: T[]): Tensor<T> {
  const { shape, dtype } = program.values[id];
  if (data.length !== sizeOf(shape)) {
    throw new RangeError(
      `Value ${id} of the program has the shape [${shape}], but ${data.length} elements were given.`,
    );
  }
  return { shape, dtype, data };
}
