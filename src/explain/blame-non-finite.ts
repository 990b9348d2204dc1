import { cureFor, type Failure } from "./cures.js";
import { computedOf, exactOf, type Graph } from "./graph.js";
import type { ExplainedKernel, KernelInput, Reason } from "./report.js";
import { sentence, shortNumber } from "./words.js";

/** The first kernel on the way to a result that makes NaN or ±Infinity of finite numbers. */
export function blameNonFinite(graph: Graph, result: ExplainedKernel): Reason | undefined {
  const path = graph.ancestors(result);
  const first = path.find((kernel) => !Number.isFinite(computedOf(kernel)) && kernel.inputs.every(isFinite_));
  if (first === undefined) return undefined;
  const { failure, subject, what } = describe(graph, first);
  const expression = subject ? graph.expressions.of(subject) : "";
  return {
    kernel: first.kernel,
    ...(first.line && { line: first.line }),
    reason: sentence(`${what}${nanAfter(path, first)}`, failure && cureFor(failure, expression)),
  };
}

function isFinite_(input: KernelInput): boolean {
  return input.computed === undefined || Number.isFinite(computedOf(input));
}

function describe(
  graph: Graph,
  kernel: ExplainedKernel,
): { failure?: Failure; subject?: KernelInput | ExplainedKernel; what: string } {
  const place = graph.place(kernel);
  const operand = kernel.inputs[kernel.inputs.length - 1] as KernelInput | undefined;
  if (kernel.kernel === "Log" && operand && computedOf(operand) <= 0) {
    const given = shortNumber(computedOf(operand));
    return { failure: "log-of-0", subject: operand, what: `Log of ${given}${place}: ${roundedAway(graph, operand)}` };
  }
  if (/^(RealDiv|Reciprocal|Rsqrt)$/.test(kernel.kernel) && operand && computedOf(operand) === 0) {
    // The gradient of log(a) divides by a.
    const ofLog = graph.kernels.some((other) => other.kernel === "Log" && other.inputs[0].from === operand.from);
    const isGradientOfLog = kernel.pass === "backward" && ofLog;
    return {
      failure: isGradientOfLog ? "log-of-0" : "division-by-0",
      subject: operand,
      what: `${isGradientOfLog ? "Log divides by 0" : "Division by 0"}${place}: ${roundedAway(graph, operand)}`,
    };
  }
  const text = graph.expressions.of(kernel);
  if (Number.isFinite(exactOf(kernel))) {
    const given = shortNumber(computedOf(kernel));
    return {
      failure: "overflow",
      subject: kernel,
      what: `${kernel.kernel} overflows${place}: ${text} is ${given} where it is ${shortNumber(exactOf(kernel))}`,
    };
  }
  return { what: `${kernel.kernel} has no value${place}: ${text} is undefined here, exactly too` };
}

function roundedAway(graph: Graph, operand: KernelInput): string {
  const text = graph.expressions.of(operand);
  const [computed, exact] = [computedOf(operand), exactOf(operand)];
  return computed === exact
    ? `${text} is ${shortNumber(computed)} exactly`
    : `${text} rounds to ${shortNumber(computed)} where it is ${shortNumber(exact)}`;
}

/** Which kernel then makes NaN of an infinity. */
function nanAfter(path: readonly ExplainedKernel[], first: ExplainedKernel): string {
  if (!Number.isFinite(computedOf(first)) && Number.isNaN(computedOf(first))) return "";
  const nan = path.find((kernel) => Number.isNaN(computedOf(kernel)));
  const forms: Record<string, string> = {
    Multiply: "0 * Infinity",
    RealDiv: "Infinity / Infinity",
    Add: "Infinity - Infinity",
    Sub: "Infinity - Infinity",
  };
  if (nan === undefined || !Object.hasOwn(forms, nan.kernel)) return "";
  return `, and then ${forms[nan.kernel]} is NaN`;
}
