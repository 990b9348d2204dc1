import type { Quantity } from "../judge/finding.js";
import { fromJsonNumber } from "../report/json.js";
import { blameError } from "./blame-error.js";
import { blameFormula } from "./blame-formula.js";
import { blameNonFinite } from "./blame-non-finite.js";
import { at, Graph } from "./graph.js";
import type { ExplainedPoint, Reason } from "./report.js";

/** An error of fewer ulps is that of a few roundings. */
export const ROUNDING = 16;

/**
 * Why a number is not what it should be: the kernel where it goes wrong, and
 * one sentence about it, with what to write instead where that is known.
 *
 * - NaN or ±Infinity: the first kernel that makes one of finite numbers.
 * - A finite number that its own program, run exactly, would not give: the
 *   kernel on the way to it where the error grows most.
 * - A finite number that its program gives also exactly: the formula.
 */
export function blame(
  point: Pick<ExplainedPoint, "kernels" | "results" | Quantity>,
  quantity: Quantity,
): Reason {
  const { computed, error, exact } = point[quantity];
  const graph = new Graph(point.kernels);
  if (computed === null) return blameThrow(graph, quantity, error ?? "");
  const result = graph.get(point.results[quantity] ?? "");
  if (result === undefined) {
    return {
      kernel: "none",
      reason: `No kernel makes the ${quantity}: it is ${computed.value} where it should be ${exact.value}.`,
    };
  }
  if (!Number.isFinite(fromJsonNumber(computed.value))) {
    const reason = blameNonFinite(graph, result);
    if (reason) return reason;
  }
  if (graph.error(result).ulps > ROUNDING) return blameError(graph, result);
  return blameFormula(graph, result, point[quantity], quantity);
}

/** tfjs names the kernel that has no gradient. */
function blameThrow(graph: Graph, quantity: Quantity, message: string): Reason {
  const named = /\b(?:for|Kernel) '?([A-Z]\w+)'?/.exec(message)?.[1];
  const kernel = graph.kernels.find((row) => row.kernel === named);
  const text = message.replace(/[.\s]*$/, ".");
  return {
    ...(kernel ? at(kernel) : { kernel: named ?? "none" }),
    reason: `The ${quantity} throws${kernel ? graph.place(kernel) : ""}: ${text}`,
  };
}
