import type { Enclosure } from "../arithmetic/enclosure.js";
import { exactNumber } from "../judge/number.js";
import type { ExactFunction, ExactPoint } from "../oracle/exact-function.js";
import { type Precisions, resolve } from "../oracle/oracle.js";
import type { OpInputs } from "./inputs.js";
import { isNarrow } from "./ulps.js";

/** More points of an op than this are not taken to MPFR: of those that balls leave open, evenly many are. */
const ESCALATED = 4096;

export const KNOWN = 0;
/** The function has no value here: NaN is right. */
export const UNDEFINED = 1;
export const UNRESOLVED = 2;
/** One of more points that only MPFR can tell than are taken there. */
export const LEFT_OUT = 3;

/** The exact function at the points of an op, each number to far less than an ulp of float32. */
export interface ExactPoints {
  state: Uint8Array;
  value: Float64Array;
  /**
   * The true derivative, for each number of each row: the least and the greatest
   * number that is right, which differ at a kink. NaN where there is none.
   */
  gradientLow: Float64Array;
  gradientHigh: Float64Array;
}

/** In balls of float64, and where these do not do in MPFR. */
export function exactPoints(exact: ExactFunction, precisions: Precisions, inputs: OpInputs): ExactPoints {
  const { n, size, x, c } = inputs;
  const points: ExactPoints = {
    state: new Uint8Array(n).fill(LEFT_OUT),
    value: new Float64Array(n),
    gradientLow: new Float64Array(n * size),
    gradientHigh: new Float64Array(n * size),
  };
  enclose(exact, inputs, points);
  const open = Array.from(points.state.keys()).filter((i) => points.state[i] !== KNOWN);
  for (const i of evenly(open, ESCALATED)) {
    const row = [i * size, (i + 1) * size] as const;
    const { point, settled } = resolve([exact], precisions, x.slice(...row), c.slice(...row), isSettled);
    points.state[i] = point.value.defined === "no" ? UNDEFINED : settled ? KNOWN : UNRESOLVED;
    points.value[i] = exactNumber(point.value);
    for (const [k, { lo, hi, defined }] of point.gradient.entries()) {
      const single = exactNumber(point.gradient[k]);
      const isDefined = defined === "yes" && Math.abs(points.value[i]) < Infinity;
      points.gradientLow[i * size + k] = isDefined ? (point.kink ? lo : single) : Number.NaN;
      points.gradientHigh[i * size + k] = isDefined ? (point.kink ? hi : single) : Number.NaN;
    }
  }
  return points;
}

/** Balls of all points with one constant at a time: where value and gradient are narrow enough, the point is known. */
function enclose(exact: ExactFunction, { n, size, x, c }: OpInputs, points: ExactPoints): void {
  const valueRad = new Float64Array(n);
  const gradientRad = new Float64Array(n * size);
  for (let from = 0, to = 0; from < n; from = to) {
    const labels = c.slice(from * size, (from + 1) * size);
    while (to < n && Object.is(c[to * size], labels[0])) to++;
    const elements = [from * size, to * size] as const;
    const out = {
      valueMid: points.value.subarray(from, to),
      valueRad: valueRad.subarray(from, to),
      gradientMid: points.gradientLow.subarray(...elements),
      gradientRad: gradientRad.subarray(...elements),
    };
    exact.balls(labels, "true")?.run(x.subarray(...elements), labels, to - from, out, 0);
  }
  points.gradientHigh.set(points.gradientLow);
  const isKnown = (mid: number, rad: number): boolean => {
    const reach = rad + Math.abs(mid) * 2 ** -52;
    return isNarrow(mid - reach, mid + reach);
  };
  for (let i = 0; i < n; i++) {
    let known = isKnown(points.value[i], valueRad[i]);
    for (let k = i * size; known && k < (i + 1) * size; k++) {
      known = isKnown(points.gradientLow[k], gradientRad[k]);
    }
    if (known) points.state[i] = KNOWN;
  }
}

/** The gradient counts where the value is a number: elsewhere nothing is said of it. */
function isSettled({ value, gradient, kink }: ExactPoint): boolean {
  if (value.defined === "no" || value.lo === Infinity || value.hi === -Infinity) return true;
  return isSettledNumber(value) && (kink || gradient.every(isSettledNumber));
}

function isSettledNumber({ lo, hi, defined }: Enclosure): boolean {
  if (defined !== "yes") return defined === "no";
  return isNarrow(lo, hi);
}

/** At most so many of the items, evenly spaced. */
function evenly<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, k) => items[Math.round((k * (items.length - 1)) / (most - 1))]);
}
