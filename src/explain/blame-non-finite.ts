import { cureFor, type Failure } from "./cures.js";
import { at, computedOf, exactOf, type Graph, insteadOf } from "./graph.js";
import type { ExplainedKernel, KernelInput, Reason } from "./report.js";
import { shortNumber, subjectOf, told, wrongFor } from "./words.js";

/** The first kernel on the way to a result that makes NaN or ±Infinity of finite numbers. */
export function blameNonFinite(graph: Graph, result: ExplainedKernel): Reason | undefined {
  const path = graph.ancestors(result);
  const first = path.find(
    (kernel) => !Number.isFinite(computedOf(kernel)) && kernel.inputs.every(isFiniteInput),
  );
  if (first === undefined) return undefined;
  const { failure, subject, what } = describe(graph, first);
  const expression = subject ? graph.expressions.of(subject) : "";
  return {
    ...at(first),
    ...told(`${what}${nanAfter(path, first)}`, failure && cureFor(failure, expression)),
  };
}

function isFiniteInput(input: KernelInput): boolean {
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
    return {
      failure: "log-of-0",
      subject: operand,
      what: `Log of ${given}${place}: ${roundedAway(graph, operand)}`,
    };
  }
  const logged = operand && logOf(graph, kernel, operand);
  if (/^(RealDiv|Reciprocal|Rsqrt)$/.test(kernel.kernel) && operand && computedOf(operand) === 0) {
    return {
      failure: logged ? "log-of-0" : "division-by-0",
      subject: operand,
      what: `${logged ? "Log divides by 0" : "Division by 0"}${place}: ${roundedAway(graph, operand)}`,
    };
  }
  const text = graph.expressions.of(kernel);
  if (kernel.exact === null || Number.isFinite(exactOf(kernel))) {
    return {
      failure: logged ? "log-of-0" : "overflow",
      subject: logged ? operand : (sumOf(graph, kernel) ?? kernel),
      what:
        `${subjectOf(kernel.kernel)} overflows${place}: ` +
        `${text} is ${insteadOf(computedOf(kernel), kernel)}`,
    };
  }
  return { what: `${subjectOf(kernel.kernel)} has no value${place}: ${text} is undefined here, exactly too` };
}

/** Whether a kernel is the division by a in the gradient of log(a). */
function logOf(graph: Graph, kernel: ExplainedKernel, operand: KernelInput): boolean {
  const isDivision = kernel.pass === "backward" && kernel.kernel === "RealDiv";
  return (
    isDivision &&
    graph.kernels.some((other) => other.kernel === "Log" && other.inputs[0].from === operand.from)
  );
}

/** What an exponential is a term of: that decides how to do without it. */
function sumOf(graph: Graph, kernel: ExplainedKernel): ExplainedKernel | undefined {
  if (kernel.kernel !== "Exp") return undefined;
  return graph.kernels.find(
    (other) => /^(Add|Sum)$/.test(other.kernel) && other.inputs.some((input) => input.from === kernel.id),
  );
}

function roundedAway(graph: Graph, operand: KernelInput): string {
  const text = graph.expressions.of(operand);
  const [computed, exact] = [computedOf(operand), exactOf(operand)];
  if (Number.isNaN(exact)) return `${text} is ${shortNumber(computed)}`;
  const [low, high] = graph.kernels.find(({ id }) => id === operand.from)?.enclosure ?? [0, 0];
  if (computed === 0 && exact === 0 && (low !== 0 || high !== 0)) {
    return `${text} rounds to 0 where it is below ${Number.MIN_VALUE} in magnitude`;
  }
  return computed === exact
    ? `${text} is ${shortNumber(computed)} exactly`
    : `${text} rounds to ${wrongFor(computed, exact)}`;
}

/** Which kernel then makes NaN of an infinity. */
function nanAfter(path: readonly ExplainedKernel[], first: ExplainedKernel): string {
  if (Number.isNaN(computedOf(first))) return "";
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
