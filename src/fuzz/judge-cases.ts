import { inShape } from "../audit/prepare.js";
import type { AuditedLoss, Subject } from "../audit/subject.js";
import { TargetFunction } from "../evaluate/target-function.js";
import { compute, valueAt } from "../explain/computed-point.js";
import { codeOf, OK, THROWS, type Tolerance } from "../judge/classify.js";
import type { Quantity } from "../judge/finding.js";
import { sizeOf } from "../kernels/shape.js";
import { comparable } from "../oracle/exact-batch.js";
import type { ExactPoint } from "../oracle/exact-function.js";
import type { Precisions } from "../oracle/oracle.js";
import { MapJudge } from "../sweep/map-judge.js";
import { noWorst, PointJudge } from "../sweep/point-judge.js";
import type { Target } from "../targets/target.js";
import { throttled } from "../throttled.js";
import { type Case, joined } from "./case.js";

/** The most inputs of one shape that are judged at once, where many go into one call, and where each is a call. */
export const MANY = 4096;
export const FEW = 64;
/** And of whole maps. */
const WHOLE = 24;
/** Of a loss over a batch, inputs of more logits are judged as whole maps: the work for their true derivatives is quadratic. */
const SMALL_MAP = 4;
/** Of a batch, so many inputs at most go to MPFR; a naive formula alone may need thousands of bits at each. */
export const OPEN = 64;
/** A number that hides a NaN among its inputs. */
const HIDES_NAN = codeOf("inaccurate", "warning");

/** What one implementation gave for a batch of inputs. */
export interface Verdicts {
  /** The worst verdict on the numbers of each input. */
  codes: Record<Quantity, Uint8Array>;
  /** The largest relative error at each input, as far as it is known; Infinity where a number is not finite. */
  errors: Record<Quantity, Float64Array>;
  /** The computed gradients, one after the other; NaN where there is none. */
  gradients: Float32Array;
}

/** One number of an input that is not right: of a gradient its worst component. */
export interface Failure {
  quantity: Quantity;
  code: number;
  /** Which logit; of a value of a map one with the worst gradient, of other values the first. */
  component: number;
  /** NaN where it threw. */
  computed: number;
  exact: ExactPoint;
  /** Whose value it is, where each sample of the batch has one. */
  sample?: number;
  thrown: string;
}

export interface CaseJudgeOptions {
  loss: AuditedLoss;
  target: Target;
  precisions: Precisions;
  tolerance: Tolerance;
  /** Called before what may take long. */
  onStep(implementation: string): void;
  /** Called before inputs are tried that are a call each. */
  onTry(inputs: readonly Case[]): void;
}

/** Judges what implementations compute for inputs of any shape. */
export class CaseJudge {
  /** Inputs that needed MPFR. */
  escalated = 0;
  readonly #options: CaseJudgeOptions;
  #running = "";
  readonly #judges = new Map<string, PointJudge>();
  readonly #functions = new Map<string, TargetFunction>();

  constructor(options: CaseJudgeOptions) {
    this.#options = options;
  }

  /** How many inputs of a shape are judged at once. */
  capacity(shape: readonly number[]): number {
    if (this.#isWhole(shape)) return WHOLE;
    const { subjects } = this.#options.loss;
    return subjects.every(({ batched }) => batched) ? MANY : FEW;
  }

  /**
   * Judges inputs of one shape, at most `capacity` of them. Those beyond a number that would go to MPFR are left
   * out: `cases` are those that were judged, `verdicts` in the order of the subjects.
   */
  async judge(
    cases: readonly Case[],
    subjects: readonly Subject[],
  ): Promise<{ cases: readonly Case[]; verdicts: Verdicts[] }> {
    const { shape } = cases[0];
    if (this.capacity(shape) < MANY) this.#options.onTry(cases);
    if (this.#isWhole(shape)) return this.#judgeWhole(cases, subjects);
    const judge = this.#judgeOf(shape);
    const kept = this.#load(judge, cases);
    const verdicts: Verdicts[] = [];
    for (const subject of subjects) {
      this.#step(subject);
      const result = blank(kept);
      await judge.judge(this.#functionOf(subject, shape), noWorst(), ({ quantity, code, first, last }) => {
        result.codes[quantity].fill(code, first, last + 1);
      });
      const size = kept[0].logits.length;
      for (const [i, one] of kept.entries()) {
        result.errors.value[i] = judge.errorAt(i, "value");
        result.errors.gradient[i] = judge.errorAt(i, "gradient");
        const { value, gradient } = judge.computedAt(i);
        result.gradients.set(gradient, i * size);
        if (hasNaN(one)) judgeNaN(result, i, value);
      }
      verdicts.push(result);
    }
    this.escalated += judge.escalated;
    judge.escalated = 0;
    return { cases: kept, verdicts };
  }

  /** All that is wrong with what an implementation computes for one input: at most a value and a gradient, in a map of samples each value. */
  async failures(input: Case, subject: Subject): Promise<Failure[]> {
    const { shape } = input;
    this.#step(subject);
    this.#options.onTry([input]);
    if (this.#isWhole(shape)) return (await this.#whole(input, subject)).failures;
    const judge = this.#judgeOf(shape);
    const f = this.#functionOf(subject, shape);
    judge.load(input.logits, input.labels);
    const codes: Record<Quantity, number> = { value: OK, gradient: OK };
    await judge.judge(f, noWorst(), ({ quantity, code }) => {
      codes[quantity] = code;
    });
    if (hasNaN(input)) {
      if (codes.value !== THROWS) codes.value = Number.isNaN(judge.computedAt(0).value) ? OK : HIDES_NAN;
      if (codes.gradient !== THROWS) codes.gradient = OK;
    }
    return (["gradient", "value"] as const).flatMap((quantity) =>
      codes[quantity] === OK
        ? []
        : [{ quantity, code: codes[quantity], ...judge.detail(0, quantity), thrown: f.lastError }],
    );
  }

  #step({ name }: Subject): void {
    this.#running = name;
    this.#options.onStep(name);
  }

  /** Fits into what is compiled for each point, with a true derivative for every logit. */
  #isWhole(shape: readonly number[]): boolean {
    return this.#options.loss.point === "map" && (shape[0] > 1 || sizeOf(shape) > SMALL_MAP);
  }

  #judgeOf(shape: readonly number[]): PointJudge {
    const { loss, precisions, tolerance } = this.#options;
    const key = shape.join();
    const known = this.#judges.get(key);
    if (known) return known;
    const judge = new PointJudge({
      size: sizeOf(shape),
      references: loss.references.map((reference) => inShape(reference, shape).exact),
      precisions,
      tolerance,
      capacity: this.capacity(shape),
      labelsVary: true,
      onEscalate: throttled(() => this.#options.onStep(this.#running)),
    });
    this.#judges.set(key, judge);
    return judge;
  }

  #functionOf(subject: Subject, shape: readonly number[]): TargetFunction {
    const key = `${subject.name} ${shape.join()}`;
    const known =
      this.#functions.get(key) ?? new TargetFunction(this.#options.target, inShape(subject, shape));
    this.#functions.set(key, known);
    return known;
  }

  #load(judge: PointJudge, cases: readonly Case[]): readonly Case[] {
    judge.load(joined(cases, "logits"), joined(cases, "labels"));
    const open = judge.openPoints(OPEN);
    if (open.length <= OPEN) return cases;
    const dropped = new Set(open.slice(OPEN));
    const kept = cases.filter((_, i) => !dropped.has(i));
    judge.load(joined(kept, "logits"), joined(kept, "labels"));
    return kept;
  }

  async #judgeWhole(cases: readonly Case[], subjects: readonly Subject[]) {
    const verdicts: Verdicts[] = [];
    for (const subject of subjects) {
      const result = blank(cases);
      for (const [i, input] of cases.entries()) {
        this.#step(subject);
        const { failures, errors, gradient } = await this.#whole(input, subject);
        for (const { quantity, code } of failures) {
          result.codes[quantity][i] = Math.max(result.codes[quantity][i], code);
        }
        result.errors.value[i] = errors.value;
        result.errors.gradient[i] = errors.gradient;
        result.gradients.set(gradient, i * input.logits.length);
      }
      verdicts.push(result);
    }
    return { cases, verdicts };
  }

  async #whole(input: Case, subject: Subject) {
    const { loss, target, precisions, tolerance } = this.#options;
    const { shape, logits, labels } = input;
    const computed = await compute(target, inShape(subject, shape), input);
    const samples = computed.values?.length ?? 1;
    const exact = loss.references.map((reference) => inShape(reference, shape).exact);
    const judge = new MapJudge({
      ...comparable(exact, samples, logits, labels),
      precisions,
      tolerance,
      map: { label: 0, shape, logits, labels, flags: [] },
      samples,
    });
    const failures = new Map<string, Failure & { badness: number }>();
    const worst = judge.judge(computed, ({ quantity, code, badness, pixel, sample, computed: number }) => {
      const key = `${quantity} ${sample ?? ""}`;
      const known = failures.get(key);
      if (known && (known.code > code || (known.code === code && known.badness >= badness))) return;
      const threw = quantity === "gradient" && typeof computed.gradient === "string";
      failures.set(key, {
        quantity,
        code,
        badness,
        component: pixel,
        computed: number,
        exact: judge.exactPoint(sample),
        ...(sample !== undefined && { sample }),
        thrown: (threw ? (computed.gradient as string) : computed.error) ?? "",
      });
    });
    this.escalated += judge.escalated > 0 ? 1 : 0;
    let found: Failure[] = [...failures.values()];
    if (hasNaN(input)) {
      found = found.filter(({ code }) => code === THROWS);
      const value = valueAt(computed, undefined);
      const exact = judge.exactPoint();
      if (value !== undefined && !Number.isNaN(value)) {
        found.push({ quantity: "value", code: HIDES_NAN, component: 0, computed: value, exact, thrown: "" });
      }
    }
    const gradient =
      computed.gradient instanceof Float32Array
        ? computed.gradient
        : new Float32Array(logits.length).fill(Number.NaN);
    const errors = {
      value: Number(worst.value?.relative ?? 0),
      gradient: Number(worst.gradient?.relative ?? 0),
    };
    return { failures: found, errors, gradient };
  }
}

function blank(cases: readonly Case[]): Verdicts {
  const n = cases.length;
  return {
    codes: { value: new Uint8Array(n), gradient: new Uint8Array(n) },
    errors: { value: new Float64Array(n), gradient: new Float64Array(n) },
    gradients: new Float32Array(n * cases[0].logits.length),
  };
}

function hasNaN({ logits }: Case): boolean {
  return logits.some(Number.isNaN);
}

/** Of a NaN comes a NaN: a number in its place would hide it. */
function judgeNaN({ codes }: Verdicts, i: number, value: number): void {
  if (codes.value[i] !== THROWS) codes.value[i] = Number.isNaN(value) ? OK : HIDES_NAN;
  if (codes.gradient[i] !== THROWS) codes.gradient[i] = OK;
}
