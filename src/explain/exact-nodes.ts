import type { Enclosure } from "../arithmetic/enclosure.js";
import type { Interval, IntervalArithmetic } from "../arithmetic/interval.js";
import { enclosureOf, evaluateBallArrays } from "../evaluate/ball-arrays.js";
import { inputs } from "../oracle/exact-function.js";
import { MPFR_PIXELS, PRECISIONS, type Precisions } from "../oracle/oracle.js";
import type { Program } from "../program/program.js";
import { isSettled } from "./comparison.js";
import { type Demand, neededElements, reductions } from "./demand.js";
import { type Elements, exactRun } from "./exact-run.js";

/**
 * Runs a whole program exactly and gives the enclosures of the elements that
 * are shown, with as many bits as it takes to settle all of them, or to the cap.
 * What a large map is reduced to comes from balls of float64, once.
 */
export function exactNodes(
  program: Program,
  precisions: Precisions,
  logits: Float32Array,
  labels: Float32Array,
  shown: readonly Demand[],
): Elements<Enclosure>[] {
  const sums = logits.length > MPFR_PIXELS ? reducedInBalls(program, logits, labels, shown) : undefined;
  const needed = neededElements(program, shown, new Set(sums?.keys()));
  // No precision narrows the enclosure of a limit, or of a ball.
  const isOnce = sums !== undefined || !logits.every(Number.isFinite);
  let exact: Elements<Enclosure>[] = [];
  for (const bits of isOnce ? PRECISIONS.slice(0, 1) : PRECISIONS) {
    const arithmetic = precisions.at(bits);
    const given = new Map<number, Elements<Interval>>([
      [program.logits, elementsOf(logits, needed[program.logits], arithmetic)],
      [program.labels, elementsOf(labels, needed[program.labels], arithmetic)],
    ]);
    for (const [id, enclosures] of sums ?? []) {
      given.set(
        id,
        enclosures.map(({ lo, hi }) => arithmetic.interval(lo, hi)),
      );
    }
    const values = exactRun(program, arithmetic, needed, given);
    exact = values.map((elements, id) => enclosuresOf(elements, shown[id], arithmetic));
    arithmetic.reset();
    if (
      exact.every((enclosures) =>
        enclosures.every((enclosure) => enclosure === undefined || isSettled(enclosure)),
      )
    )
      break;
  }
  return exact;
}

function elementsOf(data: Float32Array, demand: Demand, arithmetic: IntervalArithmetic): Elements<Interval> {
  if (demand === "all") return inputs(arithmetic, data, new Float32Array(0)).x;
  const elements: Elements<Interval> = [];
  for (const i of demand) [elements[i]] = inputs(arithmetic, data.subarray(i, i + 1), new Float32Array(0)).x;
  return elements;
}

function enclosuresOf(
  elements: Elements<Interval>,
  demand: Demand,
  arithmetic: IntervalArithmetic,
): Elements<Enclosure> {
  const enclosures: Elements<Enclosure> = [];
  for (const i of demand === "all" ? elements.keys() : demand) {
    const element = elements[i];
    if (element !== undefined) enclosures[i] = arithmetic.enclosure(element);
  }
  return enclosures;
}

/** What a map is reduced to, or undefined where balls don't tell. */
function reducedInBalls(
  program: Program,
  logits: Float32Array,
  labels: Float32Array,
  shown: readonly Demand[],
): Map<number, Enclosure[]> | undefined {
  const sums = new Map<number, Enclosure[]>();
  for (const id of reductions(program, shown)) {
    const { value } = evaluateBallArrays({ ...program, value: id, gradient: undefined }, logits, labels);
    const enclosures = Array.from(value.mid, (_, i) => enclosureOf(value, i));
    if (enclosures.some(({ defined }) => defined !== "yes")) return undefined;
    sums.set(id, enclosures);
  }
  return sums;
}
