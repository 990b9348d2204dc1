import type { BallBuffers } from "../evaluate/compile.js";
import {
  type Computed,
  GRADIENT_THREW,
  type TargetFunction,
  VALUE_THREW,
} from "../evaluate/target-function.js";
import {
  classifyBetween,
  classifyEnclosure,
  classifyLimit,
  OK,
  relativeError,
  SMALLEST_NORMAL,
  THROWS,
  type Tolerance,
  UNRESOLVED,
} from "../judge/classify.js";
import type { Quantity } from "../judge/finding.js";
import { exactNear } from "../judge/number.js";
import type { ExactFunction, ExactPoint } from "../oracle/exact-function.js";
import { type Precisions, resolve } from "../oracle/oracle.js";

/** The logits and labels of one point. */
export interface Point {
  logits: Float32Array;
  labels: Float32Array;
}

/** The largest relative error among the points that are finite, and where it is. */
export interface WorstPoint {
  relative: number;
  point?: Point;
}

export type Worst = Record<Quantity, WorstPoint>;

export function noWorst(): Worst {
  return { value: { relative: -1 }, gradient: { relative: -1 } };
}

export interface PointJudgeOptions {
  /** Logits of one point. */
  size: number;
  /** Whose exact run is the loss, best first. */
  references: readonly ExactFunction[];
  precisions: Precisions;
  tolerance: Tolerance;
  /** The most points that are judged at once. */
  capacity: number;
}

/** `i` is the failing point; the larger its badness, the worse it is among those of its code. */
export type Failing = (i: number, quantity: Quantity, code: number, badness: number) => void;

/**
 * Judges what implementations compute at many points against the exact loss.
 * The oracle runs once for the points, whatever the number of implementations:
 * in balls of float64 for all of them, and in MPFR for those whose balls leave a
 * verdict open.
 */
export class PointJudge {
  /** Points that needed MPFR, each counted once. */
  escalated = 0;
  readonly #options: PointJudgeOptions;
  readonly #computed: Computed;
  readonly #balls: BallBuffers;
  readonly #exact = new Map<number, ExactPoint>();
  #n = 0;
  #logits = new Float32Array(0);
  #labels = new Float32Array(0);

  constructor(options: PointJudgeOptions) {
    const { size, capacity } = options;
    const numbers = capacity * size;
    this.#options = options;
    this.#computed = {
      value: new Float32Array(capacity),
      gradient: new Float32Array(numbers),
      threw: new Uint8Array(capacity),
    };
    this.#balls = {
      valueMid: new Float64Array(capacity),
      valueRad: new Float64Array(capacity),
      gradientMid: new Float64Array(numbers),
      gradientRad: new Float64Array(numbers),
    };
  }

  /** Takes the points to judge next, one after the other in both arrays, and evaluates the oracle for them. */
  load(logits: Float32Array, labels: Float32Array): void {
    const { size, references } = this.#options;
    this.#n = logits.length / size;
    this.#logits = logits as Float32Array<ArrayBuffer>;
    this.#labels = labels as Float32Array<ArrayBuffer>;
    this.#exact.clear();
    const compiled = ballsOf(references, labels.subarray(0, size));
    if (compiled) compiled.run(logits, labels, this.#n, this.#balls);
    else {
      this.#balls.valueRad.fill(Number.POSITIVE_INFINITY);
      this.#balls.gradientRad.fill(Number.POSITIVE_INFINITY);
    }
  }

  /** Evaluates an implementation at the loaded points; every one that is not right is given to `failing`, in order. */
  judge(implementation: TargetFunction, worst: Worst, failing: Failing): void {
    const { value, gradient, threw } = this.#computed;
    const { valueMid, valueRad, gradientMid, gradientRad } = this.#balls;
    implementation.evaluate(this.#logits, this.#labels, this.#n, this.#computed);
    const threwAt = threw.subarray(0, this.#n).some((bits) => bits !== 0) ? threw : undefined;
    this.#scan("value", 1, value, valueMid, valueRad, threwAt, worst, failing);
    this.#scan("gradient", this.#options.size, gradient, gradientMid, gradientRad, threwAt, worst, failing);
  }

  /** What was computed at point i of the last `judge`, and what is exact; for a gradient, its worst component. */
  detail(i: number, quantity: Quantity): { computed: number; exact: ExactPoint; component: number } {
    const exact = this.#resolve(i, isNarrow);
    if (quantity === "value") return { computed: this.#computed.value[i], exact, component: 0 };
    const { size } = this.#options;
    let component = 0;
    let worst = { code: -1, relative: -1 };
    for (let k = 0; k < size; k++) {
      const computed = this.#computed.gradient[i * size + k];
      const code = this.#verdict(i, quantity, k, computed, exact);
      const relative = relativeError(computed, exactNear(computed, exact, quantity, k));
      if (code > worst.code || (code === worst.code && relative > worst.relative)) {
        component = k;
        worst = { code, relative };
      }
    }
    return { computed: this.#computed.gradient[i * size + component], exact, component };
  }

  point(i: number): Point {
    const { size } = this.#options;
    const of = (all: Float32Array) => all.slice(i * size, (i + 1) * size);
    return { logits: of(this.#logits), labels: of(this.#labels) };
  }

  #scan(
    quantity: Quantity,
    size: number,
    computed: Float32Array,
    mid: Float64Array,
    rad: Float64Array,
    threw: Uint8Array | undefined,
    worst: Worst,
    failing: Failing,
  ): void {
    const { rtol, atol } = this.#options.tolerance;
    const n = this.#n;
    const bit = quantity === "value" ? VALUE_THREW : GRADIENT_THREW;
    let most = worst[quantity].relative;
    let mostAt = -1;
    for (let i = 0; i < n; i++) {
      if (threw !== undefined && (threw[i] & bit) !== 0) {
        failing(i, quantity, THROWS, 0);
        continue;
      }
      let code = OK;
      let badness = 0;
      let largest = 0;
      for (let j = i * size; j < (i + 1) * size; j++) {
        const m = mid[j];
        const error = Math.abs(computed[j] - m);
        const scale = Math.max(Math.abs(m), SMALLEST_NORMAL);
        // Twice the radius: for the distance from the middle, and for the smaller tolerance at the near end.
        if (error + 2 * rad[j] <= atol + rtol * scale) {
          largest = Math.max(largest, error / scale);
          continue;
        }
        const verdict = this.#slowVerdict(i, quantity, j - i * size, computed[j], m, rad[j]);
        const resolved = this.#exact.get(i);
        const relative = resolved
          ? relativeError(computed[j], exactNear(computed[j], resolved, quantity, j - i * size))
          : error / scale;
        largest = Math.max(largest, relative);
        if (verdict === OK) continue;
        const bad = computed[j] === 0 ? error : relative;
        if (verdict > code) {
          code = verdict;
          badness = bad;
        } else if (verdict === code && bad > badness) badness = bad;
      }
      if (largest > most && largest < Infinity) {
        most = largest;
        mostAt = i;
      }
      // Among points that are NaN or infinite the one nearest to 0 tells most.
      if (code !== OK)
        failing(
          i,
          quantity,
          code,
          badness < Infinity ? badness : -Math.abs(this.#logits[i * this.#options.size]),
        );
    }
    if (mostAt >= 0) worst[quantity] = { relative: most, point: this.point(mostAt) };
  }

  #slowVerdict(
    i: number,
    quantity: Quantity,
    component: number,
    computed: number,
    mid: number,
    rad: number,
  ): number {
    if (rad < Infinity) {
      const reach = rad + Math.abs(mid) * 2 ** -52;
      const verdict = classifyBetween(computed, mid - reach, mid + reach, quantity, this.#options.tolerance);
      if (verdict !== UNRESOLVED) return verdict;
    }
    if (!this.#exact.has(i)) this.escalated++;
    const settled = (point: ExactPoint) =>
      this.#verdict(i, quantity, component, computed, point) !== UNRESOLVED;
    return this.#verdict(i, quantity, component, computed, this.#resolve(i, settled));
  }

  #verdict(i: number, quantity: Quantity, component: number, computed: number, point: ExactPoint): number {
    const exact = quantity === "value" ? point.value : point.gradient[component];
    const isLimit =
      !Number.isFinite(this.#logits[i * this.#options.size]) || (quantity === "gradient" && point.kink);
    return (isLimit ? classifyLimit : classifyEnclosure)(computed, exact, quantity, this.#options.tolerance);
  }

  #resolve(i: number, settled: (point: ExactPoint) => boolean): ExactPoint {
    const known = this.#exact.get(i);
    if (known && settled(known)) return known;
    const { logits, labels } = this.point(i);
    const { references, precisions } = this.#options;
    const { point } = resolve(references, precisions, logits, labels, settled);
    this.#exact.set(i, point);
    return point;
  }
}

/** The first reference that has a program for all points. */
function ballsOf(references: readonly ExactFunction[], labels: Float32Array) {
  for (const reference of references) {
    const balls = reference.balls(labels, "true");
    if (balls) return balls;
  }
  return undefined;
}

/** Narrow enough to print: 40 bits of each number, or as far as precision reaches. */
function isNarrow(point: ExactPoint): boolean {
  return [point.value, ...(point.kink ? [] : point.gradient)].every(
    ({ lo, hi, defined }) =>
      defined === "no" || hi - lo <= 2 ** -40 * Math.max(Math.abs(lo), Math.abs(hi), 2 ** -149),
  );
}
