import type { Program } from "./program.js";

/** Whether the value or the gradient of a program depends on the labels. */
export function usesLabels(program: Program): boolean {
  const dependent = new Set([program.labels]);
  for (const node of program.nodes) {
    if (!node.inputs.some((input) => dependent.has(input.value))) continue;
    for (const output of node.outputs) dependent.add(output);
  }
  const { value, gradient, readsLabels } = program;
  return readsLabels || dependent.has(value) || (gradient !== undefined && dependent.has(gradient));
}
