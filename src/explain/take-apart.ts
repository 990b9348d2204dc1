import type { Enclosure } from "../arithmetic/enclosure.js";
import { neededNodes, UnknownKernelError } from "../evaluate/interpret.js";
import type { ExactFunction } from "../oracle/exact-function.js";
import { PRECISIONS, type Precisions } from "../oracle/oracle.js";
import type { Program } from "../program/program.js";
import type { Target } from "../targets/target.js";
import type { ComputedPoint, PointInput } from "./computed-point.js";
import { type Demand, shownElements } from "./demand.js";
import { exactNodes } from "./exact-nodes.js";
import type { Elements } from "./exact-run.js";
import { kernelTable } from "./kernel-table.js";
import type { ExplainedKernel, ExplainedPoint } from "./report.js";

/** What an implementation does at a point, on a target and exactly. */
export interface TakenApart {
  program: Program;
  kernels: ExplainedKernel[];
  exact: Elements<Enclosure>[];
  results: ExplainedPoint["results"];
  notes: string[];
}

/** The program, kernel by kernel; a note alone where there is none. */
export async function takeApart(
  exactFunction: ExactFunction,
  { logits, labels, at }: PointInput,
  target: Target,
  precisions: Precisions,
  direct: ComputedPoint,
): Promise<TakenApart | { notes: string[] }> {
  let program: Program;
  let exact: Elements<Enclosure>[];
  let shown: Demand[];
  try {
    program = onlyNeeded(exactFunction.program(logits, labels));
    shown = shownElements(program, at);
    exact = exactNodes(program, precisions, logits, labels, shown);
  } catch (error) {
    // A function that throws has been told of; what else can fail is a kernel without a meaning.
    return { notes: error instanceof UnknownKernelError ? [error.message] : [] };
  }
  const { values, stopped } = await target.replay(program, logits, labels);
  const isLimit = !logits.every(Number.isFinite);
  const runs = { program, computed: values, exact, shown, isLimit };
  const kernels = kernelTable(runs, precisions.at(PRECISIONS[1]));
  const notes: string[] = [];
  if (stopped !== undefined) notes.push(`The kernels end early: ${stopped}`);
  const isSame = (id: number | undefined, floats: Float32Array | string | undefined) =>
    id === undefined ||
    values[id] === undefined ||
    !(floats instanceof Float32Array) ||
    sameFloats(values[id], floats);
  if (!isSame(program.value, direct.values) || !isSame(program.gradient, direct.gradient)) {
    notes.push(
      "Run one by one, the kernels don't give what the function gives on this target: " +
        "it does different things on different backends, so the kernels below are not all that it does.",
    );
  }
  if (program.readsValues) {
    notes.push("The function reads values of its logits: the kernels are those for this logit alone.");
  }
  const results = {
    value: `%${program.value}`,
    ...(program.gradient !== undefined && { gradient: `%${program.gradient}` }),
  };
  return { program, kernels, exact, results, notes };
}

function onlyNeeded(program: Program): Program {
  const { value, gradient } = program;
  return { ...program, nodes: neededNodes(program, gradient === undefined ? [value] : [value, gradient]) };
}

/** Whether both hold the same float32, bit for bit, except that any NaN is like any other. */
function sameFloats(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((x, i) => Object.is(x, b[i]));
}
