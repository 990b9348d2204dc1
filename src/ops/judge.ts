import { isSubnormal, toFloat } from "../inputs/float32.js";
import { SMALLEST_NORMAL } from "../judge/classify.js";
import type { OpOutputs } from "./compute.js";
import { type ExactPoints, KNOWN, UNDEFINED, UNRESOLVED } from "./exact-points.js";
import type { OpInputs } from "./inputs.js";
import type { Op } from "./op.js";
import type { SpecialPoint } from "./report.js";
import { pointOf, Tally } from "./tally.js";
import { isWorse, ulpsOff } from "./ulps.js";

/** What a target gave for the value or the gradient of an op, held against the exact function. */
export interface Judged {
  tally: Tally;
  unresolved: number;
  flushed: number;
  /** The points nearest to 0 at which a number came though the function has none, and at which none came at a pole. */
  special: SpecialPoint[];
}

/** A target that flushes may take a subnormal number for 0 and give 0 for one: that is no error of the op. */
export function judgeValue(
  op: Op,
  inputs: OpInputs,
  exact: ExactPoints,
  computed: OpOutputs["value"],
  flushes: boolean,
): Judged {
  const judged: Judged = { tally: new Tally(op, inputs), unresolved: 0, flushed: 0, special: [] };
  if (typeof computed === "string") return judged;
  let outside: number | undefined;
  let pole: number | undefined;
  const nearest = (i: number, before: number | undefined): number =>
    before === undefined || Math.abs(inputs.at[i]) < Math.abs(inputs.at[before]) ? i : before;
  for (let i = 0; i < inputs.n; i++) {
    const isUndefined = exact.state[i] === UNDEFINED;
    const isPole = exact.state[i] === KNOWN && Math.abs(exact.value[i]) === Infinity;
    if (exact.state[i] === UNRESOLVED) judged.unresolved++;
    else if (isUndefined || isPole) {
      // At 0 the rule of the op says what comes, as Infinity for 1/x.
      if (inputs.at[i] === 0 || (flushes && hasSubnormal(inputs, i))) continue;
      if (isUndefined && !Number.isNaN(computed[i])) outside = nearest(i, outside);
      if (isPole && computed[i] !== exact.value[i]) pole = nearest(i, pole);
    } else if (exact.state[i] === KNOWN) {
      const numbers = { computed: computed[i], exact: exact.value[i], component: 0 };
      if (flushes && isFlushed(inputs, i, numbers)) judged.flushed++;
      else judged.tally.add({ i, ...numbers, ulps: ulpsOff(numbers.computed, numbers.exact) });
    }
  }
  const special = (i: number | undefined, by: "domain" | "limit", expected: number): SpecialPoint[] => {
    if (i === undefined) return [];
    return [{ ...pointOf(op, inputs, i), computed: toFloat(computed[i]), expected: toFloat(expected), by }];
  };
  judged.special = [
    ...special(outside, "domain", Number.NaN),
    ...special(pole, "limit", exact.value[pole ?? 0]),
  ];
  return judged;
}

/** Of a row, the number that is off most. */
export function judgeGradient(
  op: Op,
  inputs: OpInputs,
  exact: ExactPoints,
  computed: OpOutputs["gradient"],
  flushes: boolean,
): Judged {
  const { n, size } = inputs;
  const judged: Judged = { tally: new Tally(op, inputs), unresolved: 0, flushed: 0, special: [] };
  if (typeof computed === "string") return judged;
  for (let i = 0; i < n; i++) {
    if (exact.state[i] === UNRESOLVED) judged.unresolved++;
    if (exact.state[i] !== KNOWN) continue;
    let worst: { computed: number; exact: number; component: number; ulps: number } | undefined;
    for (let k = 0; k < size; k++) {
      const number = computed[i * size + k];
      const nearest = clamped(number, exact.gradientLow[i * size + k], exact.gradientHigh[i * size + k]);
      if (Number.isNaN(nearest)) continue;
      const ulps = ulpsOff(number, nearest);
      if (worst === undefined || isWorse(ulps, worst.ulps))
        worst = { computed: number, exact: nearest, component: k, ulps };
    }
    if (worst === undefined) continue;
    if (flushes && isFlushed(inputs, i, worst)) judged.flushed++;
    else judged.tally.add({ i, ...worst });
  }
  return judged;
}

/** The number of [low, high] that is nearest; the middle for NaN. */
function clamped(x: number, low: number, high: number): number {
  if (Number.isNaN(x)) return low / 2 + high / 2;
  return Math.min(Math.max(x, low), high);
}

function isFlushed(
  inputs: OpInputs,
  i: number,
  { computed, exact }: { computed: number; exact: number },
): boolean {
  if (computed === 0 && exact !== 0 && Math.abs(exact) < SMALLEST_NORMAL) return true;
  return hasSubnormal(inputs, i);
}

function hasSubnormal({ x, c, size }: OpInputs, i: number): boolean {
  const elements = [i * size, (i + 1) * size] as const;
  return x.subarray(...elements).some(isSubnormal) || c.subarray(...elements).some(isSubnormal);
}
