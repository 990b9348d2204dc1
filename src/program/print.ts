import type { Node, Program } from "./program.js";

/** One line a kernel: `%5 = Sigmoid(%0) [1]  loss.ts:12`. For people and for error messages. */
export function printProgram(program: Program): string {
  const lines = [`%${program.logits} = logits`, `%${program.labels} = labels`];
  program.values.forEach((value, id) => {
    if (value.constant) lines.push(`%${id} = ${constantText(value.constant)}`);
  });
  for (const node of program.nodes) lines.push(printNode(program, node));
  lines.push(`value %${program.value}`);
  if (program.gradient !== undefined) lines.push(`gradient %${program.gradient}`);
  return `${lines.join("\n")}\n`;
}

function printNode(program: Program, node: Node): string {
  const outputs = node.outputs.map((id) => `%${id}`).join(", ");
  const inputs = node.inputs.map((input) => `%${input.value}`).join(", ");
  const shape = program.values[node.outputs[0]].shape.join(",");
  const line = node.line ? `  ${node.line.file}:${node.line.line}` : "";
  return `${outputs} = ${node.kernel}(${inputs}) [${shape}]${line}`;
}

function constantText(data: ArrayLike<number>): string {
  return data.length <= 4
    ? `constant ${Array.from(data).join(", ")}`
    : `constant of ${data.length} numbers from ${data[0]}`;
}
