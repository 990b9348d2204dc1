import type { Enclosure } from "../arithmetic/enclosure.js";
import type { Interval, IntervalArithmetic } from "../arithmetic/interval.js";
import { toFloat } from "../inputs/float32.js";
import { unravel } from "../inputs/row-major.js";
import { exactFloat, exactNumber, jsonNumber, ulpsBetween } from "../judge/number.js";
import type { Node, Program } from "../program/program.js";
import type { Replay } from "../targets/target.js";
import { ends, isKnown } from "./comparison.js";
import { type Demand, keepsLayout, operandIndex } from "./demand.js";
import { type Elements, evaluate, evaluateElement } from "./exact-run.js";
import type { ExplainedKernel, KernelInput } from "./report.js";

export interface Runs {
  program: Program;
  /** On the target. */
  computed: Replay["values"];
  /** Of the elements that are shown. */
  exact: Elements<Enclosure>[];
  shown: readonly Demand[];
  /** At an infinite logit the exact numbers are those among which the limit lies. */
  isLimit: boolean;
}

/** Every kernel of a program at its worst element, with the error that it made and the one that it was given. */
export function kernelTable(runs: Runs, arithmetic: IntervalArithmetic): ExplainedKernel[] {
  return runs.program.nodes.flatMap((node) =>
    node.outputs
      .map((output, i) => ({ output, i }))
      .filter(({ output }) => (runs.computed[output]?.length ?? 0) > 0)
      .map(({ output, i }) => row(runs, node, output, i, arithmetic)),
  );
}

function row(
  runs: Runs,
  node: Node,
  output: number,
  outputIndex: number,
  arithmetic: IntervalArithmetic,
): ExplainedKernel {
  const { shape } = runs.program.values[output];
  const data = runs.computed[output] as ArrayLike<number>;
  const element = worstElement(runs, output);
  const computed = data[element];
  const exact = runs.exact[output][element] as Enclosure;
  const meant = meaningAt(runs, node, outputIndex, element, arithmetic);
  return {
    id: `%${output}`,
    kernel: node.kernel,
    pass: node.pass,
    ...(node.line && { line: node.line }),
    inputs: node.inputs.map(({ name, value }) => kernelInput(runs, node, name, value, element)),
    shape: [...shape],
    ...(data.length > 1 && { index: unravel(element, shape, false) }),
    computed: toFloat(computed),
    exact: isKnown(exact) ? exactFloat(exact) : null,
    enclosure: ends(exact),
    own: jsonNumber(ownError(computed, meant)),
    passedOn: jsonNumber(isKnown(meant) ? distance(exactNumber(meant), exact, runs.isLimit) : Number.NaN),
  };
}

/** Where a kernel has no meaning, as 1/0, the NaN or Infinity that it gives is no error of its own. */
function ownError(computed: number, meant: Enclosure): number {
  return meant.defined === "no" ? 0 : distance(computed, meant, false);
}

/**
 * In ulps of the exact number: 0 where both are undefined, Infinity where one of
 * them is, NaN where the enclosure does not tell. The number of an enclosure
 * with a missing bound is finite.
 */
function distance(x: number, exact: Enclosure, isLimit: boolean): number {
  const { lo, hi, defined } = exact;
  if (defined === "no") return Number.isNaN(x) ? 0 : Number.POSITIVE_INFINITY;
  if (lo <= x && x <= hi && defined === "yes" && (isLimit || isKnown(exact))) return 0;
  if (!Number.isFinite(x) && defined === "yes") return Number.POSITIVE_INFINITY;
  return isKnown(exact) ? ulpsBetween(x, exactNumber(exact)) : Number.NaN;
}

/** The element furthest from exact, the first among equals. */
function worstElement({ computed, exact, shown, isLimit }: Runs, output: number): number {
  const demand = shown[output];
  const data = computed[output] as ArrayLike<number>;
  const [first = 0, ...others] = demand === "all" ? Array.from(data).keys() : demand;
  const errorOf = (element: number) => distance(data[element], exact[output][element] as Enclosure, isLimit);
  let worst = first;
  let most = errorOf(first);
  for (const element of others) {
    const error = errorOf(element);
    // One that is not known gives way to any other.
    if (error > most || (Number.isNaN(most) && !Number.isNaN(error))) {
      worst = element;
      most = error;
    }
  }
  return worst;
}

/** The exact meaning of one kernel for the numbers that the target gave it. */
function meaningAt(
  { program, computed }: Runs,
  node: Node,
  outputIndex: number,
  element: number,
  arithmetic: IntervalArithmetic,
): Enclosure {
  const dataOf = (id: number) => computed[id] as ArrayLike<number>;
  const meant = keepsLayout(node)
    ? evaluateElement(node, arithmetic, (id) =>
        arithmetic.constant(dataOf(id)[operandIndex(program, node, id, element)]),
      )
    : evaluate<Interval>(program, node, arithmetic, (id) =>
        Array.from(dataOf(id), (x) => arithmetic.constant(x)),
      )[outputIndex][element];
  const enclosure = arithmetic.enclosure(meant);
  arithmetic.reset();
  return enclosure;
}

function kernelInput(runs: Runs, node: Node, name: string, value: number, element: number): KernelInput {
  const { program, computed, exact } = runs;
  const data = computed[value] as ArrayLike<number>;
  const from =
    value === program.logits
      ? "logits"
      : value === program.labels
        ? "labels"
        : program.values[value].constant
          ? "constant"
          : `%${value}`;
  if (!keepsLayout(node) && data.length > 1) return { name, from };
  const operand = keepsLayout(node) ? operandIndex(program, node, value, element) : 0;
  const enclosure = exact[value][operand];
  return {
    name,
    from,
    computed: toFloat(data[operand]),
    ...(enclosure && isKnown(enclosure) && { exact: exactFloat(enclosure) }),
  };
}
