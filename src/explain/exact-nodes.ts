import type { Enclosure } from "../arithmetic/enclosure.js";
import { inputs } from "../oracle/exact-function.js";
import { PRECISIONS, type Precisions } from "../oracle/oracle.js";
import type { Program } from "../program/program.js";
import { isSettled } from "./comparison.js";
import { type Demand, neededElements } from "./demand.js";
import { LARGE } from "./exact-loss.js";
import { type Elements, exactRun } from "./exact-run.js";

/**
 * Runs a whole program exactly and gives the enclosures of the elements that
 * are shown, with as many bits as it takes to settle all of them, or to the cap.
 */
export function exactNodes(
  program: Program,
  precisions: Precisions,
  logits: Float32Array,
  labels: Float32Array,
  shown: readonly Demand[],
): Elements<Enclosure>[] {
  const needed = neededElements(program, shown);
  let exact: Elements<Enclosure>[] = [];
  for (const bits of PRECISIONS.filter((bits) => bits <= mostBits(logits))) {
    const arithmetic = precisions.at(bits);
    const { x, z } = inputs(arithmetic, logits, labels);
    const values = exactRun(program, arithmetic, needed, { logits: x, labels: z });
    let settled = true;
    exact = values.map((elements, id) => {
      const demand = shown[id];
      const enclosures: Elements<Enclosure> = [];
      for (const element of demand === "all" ? elements.keys() : demand) {
        const interval = elements[element];
        if (interval === undefined) continue;
        const enclosure = arithmetic.enclosure(interval);
        enclosures[element] = enclosure;
        settled &&= isSettled(enclosure);
      }
      return enclosures;
    });
    arithmetic.reset();
    if (settled) break;
  }
  return exact;
}

/** No precision narrows the enclosure of a limit, and a large map is not run again for the last digits. */
function mostBits(logits: Float32Array): number {
  const isOnce = logits.length > LARGE || !logits.every(Number.isFinite);
  return isOnce ? PRECISIONS[0] : PRECISIONS[PRECISIONS.length - 1];
}
