import { fromJsonNumber } from "../report/json.js";
import { twoDigits } from "../report/text.js";
import { cureFor, type Failure } from "./cures.js";
import { at, computedOf, exactOf, type Graph, insteadOf } from "./graph.js";
import type { ExplainedKernel, KernelInput, Reason } from "./report.js";
import { subjectOf, told } from "./words.js";

/** The kernel on the way to a wrong result where the error grows most. */
export function blameError(graph: Graph, result: ExplainedKernel): Reason {
  const worst = pathOfError(graph, result).reduce((a, b) => (growth(graph, b) >= growth(graph, a) ? b : a));
  const { failure, subject, what } = describe(graph, worst);
  return {
    ...at(worst),
    ...told(what, failure && cureFor(failure, graph.expressions.of(subject ?? worst))),
  };
}

/** From the result back, each time to the input that brings the most error. */
function pathOfError(graph: Graph, result: ExplainedKernel): ExplainedKernel[] {
  const path = [result];
  for (;;) {
    const kernel = path[path.length - 1];
    const next = worstInput(graph, kernel);
    const maker = next && graph.get(next.from);
    if (maker === undefined || graph.error(next as KernelInput).ulps === 0 || path.includes(maker))
      return path;
    path.push(maker);
  }
}

/** In a sum the absolute errors of the terms add up, elsewhere the relative ones count. */
function worstInput(graph: Graph, kernel: ExplainedKernel): KernelInput | undefined {
  const isSum = /^(Add|AddN|Sub|Sum|Mean)$/.test(kernel.kernel);
  const size = (input: KernelInput) => graph.error(input)[isSum ? "absolute" : "ulps"];
  return kernel.inputs.reduce<KernelInput | undefined>(
    (most, input) => (most === undefined || size(input) > size(most) ? input : most),
    undefined,
  );
}

/** How many times as many ulps the result of a kernel is off as its worst input, which has half an ulp at least. */
function growth(graph: Graph, kernel: ExplainedKernel): number {
  const given = worstInputUlps(graph, kernel);
  const made = graph.error(kernel).ulps;
  if (made === Number.POSITIVE_INFINITY) return given === made ? 0 : made;
  return made / Math.max(given, 0.5);
}

function worstInputUlps(graph: Graph, kernel: ExplainedKernel): number {
  return Math.max(0, ...kernel.inputs.map((input) => graph.error(input).ulps));
}

/** A sum this much smaller than its largest term has cancelled. */
const CANCELS = 1 / 8;

function describe(
  graph: Graph,
  kernel: ExplainedKernel,
): { failure?: Failure; subject?: KernelInput | ExplainedKernel; what: string } {
  const place = graph.place(kernel);
  const text = graph.expressions.of(kernel);
  const [computed, exact] = [computedOf(kernel), exactOf(kernel)];
  const instead = insteadOf(computed, kernel);
  const terms = kernel.inputs.map((input) => Math.abs(computedOf(input)));
  if (/^(Add|AddN|Sub|Sum)$/.test(kernel.kernel) && Math.abs(exact) < CANCELS * Math.max(...terms)) {
    return { failure: "cancellation", what: `Cancellation${place}: ${text} is ${instead}` };
  }
  const subject = subjectOf(kernel.kernel);
  if (Math.abs(computed) === Number.POSITIVE_INFINITY) {
    return { failure: "overflow", what: `${subject} overflows${place}: ${text} is ${instead}` };
  }
  const isItself = fromJsonNumber(kernel.own) > graph.error(kernel).ulps / 2;
  if (isItself) {
    const verb = computed === 0 ? "underflows" : "is inaccurate";
    return { what: `${subject} itself ${verb} on this target${place}: ${text} is ${instead}` };
  }
  const [operand] = kernel.inputs;
  if (kernel.kernel === "Log" && Math.abs(exactOf(operand) - 1) < CANCELS) {
    const given = graph.expressions.of(operand);
    const digits = computedOf(operand) === 1 ? "rounds to 1" : "is near 1 and has lost its last digits";
    return {
      failure: "log-near-1",
      subject: operand,
      what: `Log near 1${place}: ${given} ${digits}, and its log is ${instead}`,
    };
  }
  const made = twoDigits(graph.error(kernel).ulps);
  return {
    what: `${subject}${place} makes ${made} ulps of ${twoDigits(worstInputUlps(graph, kernel))}: ${text} is ${instead}`,
  };
}
