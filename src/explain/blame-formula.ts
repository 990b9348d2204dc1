import type { Quantity } from "../judge/finding.js";
import { cureFor } from "./cures.js";
import { at, computedOf, type Graph, insteadOf } from "./graph.js";
import type { Comparison, ExplainedKernel, Reason } from "./report.js";
import { shortNumber, subjectOf, told } from "./words.js";

/**
 * The target computes the program well, and the program is not the loss, or its
 * gradient not the derivative: a kernel that is flat here, or one at a kink.
 */
export function blameFormula(
  graph: Graph,
  result: ExplainedKernel,
  comparison: Comparison,
  quantity: Quantity,
): Reason {
  const { verdict, note } = comparison;
  const instead = insteadOf(computedOf(result), comparison);
  const forward = graph.kernels.filter((kernel) => kernel.pass === "forward");
  const ties = quantity === "gradient" && verdict === "formula" ? forward.filter(isTie) : [];
  const tie = ties.find(({ kernel }) => kernel === "Maximum" || kernel === "Minimum") ?? ties[0];
  if (tie) {
    const text = graph.expressions.of(tie);
    const what = `${tie.kernel} at a tie${graph.place(tie)}: autodiff's slope of ${text} there makes the gradient ${instead}`;
    return { ...at(tie), ...told(what, cureFor("tie", text)) };
  }
  const flat = forward.find((kernel) => isFlat(kernel) && graph.dependsOnLogits(kernel));
  if (flat) {
    const [operand] = flat.inputs;
    const text = graph.expressions.of(operand);
    const what = `${subjectOf(flat.kernel)} is flat here${graph.place(flat)}: it takes ${shortNumber(computedOf(flat))} for ${text}, so the ${quantity} is ${instead}`;
    return { ...at(flat), ...told(what, cureFor("flat", text)) };
  }
  return {
    ...at(result),
    reason: note ?? `Rounding in ${result.kernel}${graph.place(result)}: ${instead}.`,
  };
}

/** At the kink of a function with two slopes. */
function isTie({ kernel, inputs }: ExplainedKernel): boolean {
  const operands = inputs.map(computedOf);
  if (kernel === "Maximum" || kernel === "Minimum") return operands[0] === operands[1];
  return (kernel === "Abs" || kernel === "Relu") && operands[0] === 0;
}

/** A bound stands in place of the operand. */
function isFlat(row: ExplainedKernel): boolean {
  if (!/^(ClipByValue|Maximum|Minimum|Relu6)$/.test(row.kernel)) return false;
  return row.inputs[0].computed !== undefined && computedOf(row) !== computedOf(row.inputs[0]);
}
