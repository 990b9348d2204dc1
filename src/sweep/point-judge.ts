import { relativeWidth } from "../arithmetic/enclosure.js";
import type { BallBuffers } from "../evaluate/compile.js";
import type { TargetFunction } from "../evaluate/target-function.js";
import {
  classifyBetween,
  NAN,
  OK,
  OVERFLOW,
  relativeError,
  SMALLEST_NORMAL,
  THROWS,
  type Tolerance,
  UNRESOLVED,
} from "../judge/classify.js";
import { classifyBall } from "../judge/classify-ball.js";
import { errorBits } from "../judge/error-bits.js";
import type { Quantity } from "../judge/finding.js";
import { exactNear } from "../judge/number.js";
import type { ExactFunction, ExactPoint } from "../oracle/exact-function.js";
import { Kept } from "../oracle/kept.js";
import { type Candidate, candidates, firstSettled, type Precisions } from "../oracle/oracle.js";
import { type Computed, GRADIENT_THREW, VALUE_THREW } from "../targets/target.js";
import { verdictOn } from "./judge-number.js";
import { carryOn, firstSuspect, type Most, type Numbers, type Run } from "./stretches.js";

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
  /** Each load has other labels: then it is not worth while to compile the oracle for those that its points share. */
  labelsVary?: boolean;
  /** Called before each point that needs MPFR, which may take long. */
  onEscalate?(): void;
}

/** Of the points of a chunk, one in so many is looked at first for balls that are too wide. */
const STRIDE = 64;

/** Neighbouring points that fail in the same way. */
export interface FailingRun extends Run {
  quantity: Quantity;
}

/** One quantity of the loaded points. */
interface Column extends Numbers {
  quantity: Quantity;
  /** Numbers in a point. */
  size: number;
  threwBit: number;
}

/** A ball that made room for what MPFR says. */
interface WideBall {
  column: Column;
  at: number;
  mid: number;
  rad: number;
}

/**
 * Judges what implementations compute at many points against the exact loss.
 * The oracle runs once for the points, whatever the number of implementations:
 * in balls of float64 for all of them, and in MPFR for those whose balls leave a
 * verdict open. What is said of an implementation does not depend on those that
 * were judged before it.
 */
export class PointJudge {
  /** Points that needed MPFR, each counted once for each implementation. */
  escalated = 0;
  readonly #options: PointJudgeOptions;
  readonly #computed: Computed;
  readonly #balls: BallBuffers;
  readonly #columns: readonly Column[];
  readonly #exact = new Map<number, Kept<Candidate>>();
  /** Of the implementation that is judged: points that needed MPFR as far as was needed, and the balls that it replaced. */
  readonly #settled = new Map<number, ExactPoint>();
  readonly #replaced: WideBall[] = [];
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
    const { value, gradient } = this.#computed;
    const { valueMid, valueRad, gradientMid, gradientRad } = this.#balls;
    this.#columns = [
      { quantity: "value", size: 1, threwBit: VALUE_THREW, computed: value, mid: valueMid, rad: valueRad },
      {
        quantity: "gradient",
        size,
        threwBit: GRADIENT_THREW,
        computed: gradient,
        mid: gradientMid,
        rad: gradientRad,
      },
    ];
  }

  /** Takes the points to judge next, one after the other in both arrays, and evaluates the oracle for them. */
  load(logits: Float32Array, labels: Float32Array): void {
    const { size, references } = this.#options;
    this.#n = logits.length / size;
    this.#logits = logits as Float32Array<ArrayBuffer>;
    this.#labels = labels as Float32Array<ArrayBuffer>;
    this.#exact.clear();
    this.#replaced.length = 0;
    const isShared = !this.#options.labelsVary && isRepeated(labels, size);
    const compiled = ballsOf(references, labels.subarray(0, size), !isShared);
    if (compiled && isShared) compiled.run(logits, labels.subarray(0, size), this.#n, this.#balls, 0);
    else if (compiled) compiled.run(logits, labels, this.#n, this.#balls);
    else {
      this.#balls.valueRad.fill(Number.POSITIVE_INFINITY);
      this.#balls.gradientRad.fill(Number.POSITIVE_INFINITY);
    }
  }

  /**
   * The loaded points whose balls are too wide to find anything accurate: MPFR
   * will have to tell. None when a sample says that there are fewer than `many`.
   */
  openPoints(many: number): number[] {
    const isOpen = (i: number) => this.#columns.some((column) => this.#isOpen(column, i));
    let sampled = 0;
    for (let i = 0; i < this.#n; i += STRIDE) if (isOpen(i)) sampled++;
    if (sampled * STRIDE < many) return [];
    return Array.from({ length: this.#n }, (_, i) => i).filter(isOpen);
  }

  #isOpen({ size, mid, rad }: Column, i: number): boolean {
    const { rtol, atol } = this.#options.tolerance;
    for (let j = i * size; j < (i + 1) * size; j++) {
      if (!(2 * rad[j] < atol + rtol * Math.max(Math.abs(mid[j]), SMALLEST_NORMAL))) return true;
    }
    return false;
  }

  /** Evaluates an implementation at the loaded points; `failing` gets all that are not right, run by run. */
  async judge(
    implementation: TargetFunction,
    worst: Worst,
    failing: (run: FailingRun) => void,
  ): Promise<void> {
    for (const { column, at, mid, rad } of this.#replaced) {
      column.mid[at] = mid;
      column.rad[at] = rad;
    }
    this.#replaced.length = 0;
    this.#settled.clear();
    const anyThrew = await implementation.evaluate(this.#logits, this.#labels, this.#n, this.#computed);
    for (const column of this.#columns) this.#scan(column, anyThrew, worst, failing);
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
      const code = this.#exactVerdict(i, quantity, k, computed, exact);
      const relative = relativeError(computed, exactNear(computed, exact, quantity, k));
      if (code > worst.code || (code === worst.code && relative > worst.relative)) {
        component = k;
        worst = { code, relative };
      }
    }
    return { computed: this.#computed.gradient[i * size + component], exact, component };
  }

  /**
   * The largest relative error of a quantity at point i of the last `judge`, as far as balls tell: 0 where they
   * are too wide, Infinity where a number is not finite.
   */
  errorAt(i: number, quantity: Quantity): number {
    const column = this.#columns.find((one) => one.quantity === quantity) as Column;
    let largest = 0;
    for (let j = i * column.size; j < (i + 1) * column.size; j++) {
      const error = relativeError(column.computed[j], column.mid[j]);
      if (!(error < Infinity)) return Infinity;
      if (column.rad[j] < Infinity && error > largest) largest = error;
    }
    return largest;
  }

  /**
   * How far each component of the gradient at point i of the last `judge` is off, in bits: see `errorBits`. Null
   * where it threw, too.
   */
  gradientErrors(i: number): (number | null)[] {
    const { size } = this.#options;
    const { gradientMid: mid, gradientRad: rad } = this.#balls;
    const point = this.#settled.get(i);
    const threw = (this.#computed.threw[i] & GRADIENT_THREW) !== 0;
    return Array.from({ length: size }, (_, k) => {
      if (threw) return null;
      const j = i * size + k;
      const computed = this.#computed.gradient[j];
      if (rad[j] < Infinity) return errorBits(computed, mid[j]);
      const isKnown = point !== undefined && point.gradient[k].defined === "yes";
      return errorBits(computed, isKnown ? exactNear(computed, point, "gradient", k) : Number.NaN);
    });
  }

  /** What the last `judge` computed at point i: the value, and the gradient with respect to each logit. */
  computedAt(i: number): { value: number; gradient: Float32Array } {
    const { size } = this.#options;
    const { value, gradient } = this.#computed;
    return { value: value[i], gradient: gradient.slice(i * size, (i + 1) * size) };
  }

  point(i: number): Point {
    const { size } = this.#options;
    const of = (all: Float32Array) => all.slice(i * size, (i + 1) * size);
    return { logits: of(this.#logits), labels: of(this.#labels) };
  }

  /** The loop over all numbers. Those that are surely right take a few operations, the others a call with integers. */
  #scan(column: Column, anyThrew: boolean, worst: Worst, failing: (run: FailingRun) => void): void {
    const { quantity, size, computed, mid, threwBit } = column;
    const { tolerance } = this.#options;
    const { threw } = this.#computed;
    const numbers = this.#n * size;
    const isPlain = size === 1 && !anyThrew;
    const most: Most = { relative: worst[quantity].relative, at: -1 };
    let run: FailingRun | undefined;
    for (let next = 0; ; ) {
      if (isPlain && run !== undefined && run.last === next - 1) {
        next = carryOn(run, column, this.#logits, numbers, tolerance);
      }
      const at = firstSuspect(column, next, numbers, tolerance, most, size === 1);
      if (at === numbers) break;
      const i = size === 1 ? at : Math.floor(at / size);
      next = (i + 1) * size;
      let code = OK;
      let badness = 0;
      for (let j = i * size; j < next; j++) {
        const verdict = this.#verdict(column, i, j);
        const lost = Math.abs(computed[j] - mid[j]);
        const relative = lost / Math.max(Math.abs(mid[j]), SMALLEST_NORMAL);
        if (relative > most.relative && relative < Infinity && this.#isFinite(column, i)) {
          most.relative = relative;
          most.at = j;
        }
        if (verdict === OK || verdict < code) continue;
        const bad = computed[j] === 0 ? lost : relative;
        if (verdict > code || bad > badness) badness = bad;
        code = verdict;
      }
      if (code === OK) continue;
      if (anyThrew && (threw[i] & threwBit) !== 0) code = THROWS;
      // Among points that are NaN or infinite the one nearest to 0 tells most.
      if (!(badness < Infinity)) badness = -Math.abs(this.#logits[i * size]);
      if (run !== undefined && run.code === code && run.last === i - 1) {
        run.last = i;
        if (badness > run.badness) {
          run.badness = badness;
          run.worst = i;
        }
      } else {
        if (run !== undefined) failing(run);
        run = { quantity, code, first: i, last: i, worst: i, badness };
      }
    }
    if (run !== undefined) failing(run);
    if (most.at < 0) return;
    worst[quantity] = { relative: most.relative, point: this.point(Math.floor(most.at / size)) };
  }

  #isFinite({ size, computed }: Column, i: number): boolean {
    for (let j = i * size; j < (i + 1) * size; j++) if (computed[j] - computed[j] !== 0) return false;
    return true;
  }

  /** Takes an index and loads the numbers itself: a float that goes through a call is allocated. */
  #verdict(column: Column, i: number, j: number): number {
    const { computed, mid, rad } = column;
    const { rtol, atol } = this.#options.tolerance;
    if (rad[j] < Infinity) {
      const reach = rad[j] + Math.abs(mid[j]) * 2 ** -52;
      const verdict = classifyBall(computed[j], mid[j], reach, rtol, atol);
      if (verdict !== UNRESOLVED) return verdict;
    }
    return this.#openVerdict(column, i, j);
  }

  /** The verdict on a number whose ball is too wide, or too near to a threshold. */
  #openVerdict(column: Column, i: number, j: number): number {
    const { quantity, size, computed, mid, rad } = column;
    if (Number.isNaN(computed[j])) return NAN;
    if (Math.abs(computed[j]) === Infinity && !this.#isLimit(i)) return OVERFLOW;
    if (rad[j] < Infinity) {
      const { tolerance } = this.#options;
      const reach = rad[j] + Math.abs(mid[j]) * 2 ** -52;
      const verdict = classifyBetween(computed[j], mid[j] - reach, mid[j] + reach, quantity, tolerance);
      if (verdict !== UNRESOLVED) return verdict;
    }
    if (!this.#settled.has(i)) this.escalated++;
    this.#options.onEscalate?.();
    const component = j - i * size;
    const settled = (point: ExactPoint) =>
      this.#exactVerdict(i, quantity, component, computed[j], point) !== UNRESOLVED;
    const point = this.#resolve(i, settled);
    this.#replaced.push({ column, at: j, mid: mid[j], rad: rad[j] });
    mid[j] = exactNear(computed[j], point, quantity, component);
    rad[j] = Infinity; // narrow enough for this verdict, not for any
    return this.#exactVerdict(i, quantity, component, computed[j], point);
  }

  #exactVerdict(
    i: number,
    quantity: Quantity,
    component: number,
    computed: number,
    point: ExactPoint,
  ): number {
    const exact = quantity === "value" ? point.value : point.gradient[component];
    const isSet = this.#isLimit(i) || (quantity === "gradient" && point.kink);
    return verdictOn(computed, exact, quantity, isSet, this.#options.tolerance);
  }

  /** Some logit of the point is infinite: what is exact is a limit. */
  #isLimit(i: number): boolean {
    const { size } = this.#options;
    for (let j = i * size; j < (i + 1) * size; j++) if (!Number.isFinite(this.#logits[j])) return true;
    return false;
  }

  #resolve(i: number, settled: (point: ExactPoint) => boolean): ExactPoint {
    const { logits, labels } = this.point(i);
    const { references, precisions } = this.#options;
    const known = this.#exact.get(i) ?? new Kept(candidates(references, precisions, logits, labels));
    this.#exact.set(i, known);
    const { point } = firstSettled(known, logits.length, settled);
    this.#settled.set(i, point);
    return point;
  }
}

/** Whether all points have the labels of the first one, and there are more than one. */
function isRepeated(labels: Float32Array, size: number): boolean {
  for (let j = 0; j < size; j++) {
    const first = labels[j];
    for (let i = j + size; i < labels.length; i += size) if (labels[i] !== first) return false;
  }
  return labels.length > size;
}

/** The first reference that has a program for all points. */
function ballsOf(references: readonly ExactFunction[], labels: Float32Array, anyLabels: boolean) {
  for (const reference of references) {
    const balls = reference.balls(labels, "true", anyLabels);
    if (balls) return balls;
  }
  return undefined;
}

/** Narrow enough to print: 40 bits of each number, or as far as precision reaches. */
export function isNarrow(point: ExactPoint): boolean {
  return [point.value, ...(point.kink ? [] : point.gradient)].every(
    (enclosure) => enclosure.defined === "no" || relativeWidth(enclosure) <= 2 ** -40,
  );
}
