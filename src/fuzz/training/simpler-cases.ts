import { sizeOf } from "../../kernels/shape.js";
import type { PointShape } from "../../losses/loss.js";
import type { Case } from "../case.js";

/**
 * The same case with less in it: half of an axis, and then all but one of its places, axis by axis. Of a row only
 * classes whose label is 0 are left out, so that the labels stay a distribution, and two are left.
 */
export function* withoutSlices(given: Case, point: PointShape): Generator<Case> {
  const { shape, labels } = given;
  for (let axis = 0; axis < shape.length; axis++) {
    const length = shape[axis];
    const all = Array.from({ length }, (_, i) => i);
    if (length < 2 || (point === "row" && (axis !== shape.length - 1 || length < 3))) continue;
    const half = length >> 1;
    const halves = length > 3 && point !== "row" ? [all.slice(0, half), all.slice(half)] : [];
    for (const kept of [...halves, ...all.map((i) => all.filter((other) => other !== i))]) {
      const smaller = keep(given, axis, kept);
      if (point === "row" && sum(smaller.labels) !== sum(labels)) continue;
      yield smaller;
    }
  }
}

/** Those places along an axis that are named. */
function keep({ shape, logits, labels }: Case, axis: number, places: readonly number[]): Case {
  const inner = sizeOf(shape.slice(axis + 1));
  const isKept = (i: number) => places.includes(Math.floor(i / inner) % shape[axis]);
  return {
    shape: shape.map((n, i) => (i === axis ? places.length : n)),
    logits: logits.filter((_, i) => isKept(i)),
    labels: labels.filter((_, i) => isKept(i)),
  };
}

function sum(numbers: Float32Array): number {
  return numbers.reduce((a, b) => a + b, 0);
}
