import type { Node, Program, Value } from "../../src/program/program.js";

/** Writes a program by hand. Values are named by the numbers that its methods return. */
export class ProgramWriter {
  private readonly values: Value[] = [];
  private readonly nodes: Node[] = [];
  readonly logits: number;
  readonly labels: number;

  constructor(shape: readonly number[]) {
    this.logits = this.value({ shape, dtype: "float32" });
    this.labels = this.value({ shape, dtype: "float32" });
  }

  constant(data: readonly number[], shape: readonly number[] = []): number {
    return this.value({ shape, dtype: "float32", constant: Float32Array.from(data) });
  }

  node(
    kernel: string,
    inputs: Record<string, number>,
    shape: readonly number[],
    attrs: Record<string, unknown> = {},
    pass: Node["pass"] = "forward",
  ): number {
    const output = this.value({ shape, dtype: "float32" });
    this.nodes.push({
      kernel,
      inputs: Object.entries(inputs).map(([name, value]) => ({ name, value })),
      attrs,
      outputs: [output],
      pass,
      line: { file: "loss.ts", line: this.nodes.length + 1 },
    });
    return output;
  }

  program(value: number, gradient?: number): Program {
    const { values, nodes, logits, labels } = this;
    return { values, nodes, logits, labels, value, gradient, readsValues: false, readsLabels: false };
  }

  private value(value: Value): number {
    return this.values.push(value) - 1;
  }
}

/**
 * Sigmoid cross entropy, z*softplus(-x) + (1-z)*softplus(x), with the gradient
 * sigmoid(x) - z that a library would write.
 */
export function crossEntropy(shape: readonly number[]): Program {
  const w = new ProgramWriter(shape);
  const unary = (kernel: string, x: number) => w.node(kernel, { x }, shape);
  const binary = (kernel: string, a: number, b: number) => w.node(kernel, { a, b }, shape);
  const rest = binary("Sub", w.constant([1]), w.labels);
  const whereOne = binary("Multiply", w.labels, unary("Softplus", unary("Neg", w.logits)));
  const whereZero = binary("Multiply", rest, unary("Softplus", w.logits));
  const value = binary("Add", whereOne, whereZero);
  const gradient = w.node(
    "Sub",
    { a: w.node("Sigmoid", { x: w.logits }, shape, {}, "backward"), b: w.labels },
    shape,
    {},
    "backward",
  );
  return w.program(value, gradient);
}
