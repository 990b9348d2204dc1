import { type Enclosure, relativeWidth } from "../arithmetic/enclosure.js";
import { labelIn } from "../audit/layout.js";
import type { Subject } from "../audit/subject.js";
import type { TargetFunction } from "../evaluate/target-function.js";
import { errorBits, worstBits } from "../judge/error-bits.js";
import type { Finding, Quantity } from "../judge/finding.js";
import { exactNear, exactNumber, jsonNumber } from "../judge/number.js";
import type { ExactPoint } from "../oracle/exact-function.js";
import { resolve } from "../oracle/oracle.js";
import type { Curve, CurveLine } from "../report/report.js";
import { type Computed, GRADIENT_THREW, VALUE_THREW } from "../targets/target.js";
import { throttled } from "../throttled.js";
import { curvePoints } from "./curve-points.js";
import { joinCurves } from "./join-curves.js";
import { isNarrow } from "./point-judge.js";
import type { PointSweep } from "./region-finding.js";

/** The points of some logits: what is exact there. */
interface Points {
  xs: Float32Array;
  logits: Float32Array;
  labels: Float32Array;
  exact: readonly ExactPoint[];
}

/**
 * The curve of one sweep: exact and computed numbers at a few hundred logits, some spread over the range and the
 * others where the regions of the implementation begin and end. An implementation has the same points, and the exact
 * numbers are the same, whatever other implementations are swept beside it.
 */
export class CurveSweep {
  readonly #sweep: PointSweep;
  readonly #atOnce: number;
  readonly #exact = new Map<number, ExactPoint>();
  readonly #curves: Curve[] = [];

  /** `atOnce` points are evaluated between two signs of life. */
  constructor(sweep: PointSweep, atOnce: number) {
    this.#sweep = sweep;
    this.#atOnce = atOnce;
  }

  /** Evaluates an implementation of which the sweep has found this. */
  async add(subject: Subject, f: TargetFunction, findings: readonly Omit<Finding, "id">[]): Promise<void> {
    const { context, layout, label } = this.#sweep;
    const xs = curvePoints(context.options.range, endsOf(findings));
    const onStep = throttled(() => context.onStep(subject.name, 0));
    const exact = Array.from(xs, (x) => {
      onStep();
      return this.#exactAt(x);
    });
    const logits = layout.logits(xs);
    const points = { xs, logits, labels: layout.labels(label, xs.length), exact };
    const computed = await this.#computed(subject, f, points);
    const line = (quantity: Quantity): CurveLine => ({
      implementation: subject.name,
      target: context.target.description.name,
      ...lineOf(computed, points, layout.size, quantity),
    });
    const numbers = (of: (point: ExactPoint) => number) => exact.map((point) => jsonNumber(of(point)));
    this.#curves.push({
      label: labelIn(layout, label),
      x: Array.from(xs, jsonNumber),
      exact: {
        value: numbers(({ value }) => (isKnown(value) ? exactNumber(value) : Number.NaN)),
        gradient: numbers(({ gradient: [g], kink }) => (isKnown(g, kink) ? exactNumber(g) : Number.NaN)),
      },
      value: [line("value")],
      gradient: [line("gradient")],
    });
  }

  /** Of all implementations that were added; none where there is none. */
  curves(): Curve[] {
    return joinCurves(this.#curves);
  }

  #exactAt(x: number): ExactPoint {
    const { context, layout, label, references } = this.#sweep;
    const functions = references.map((reference) => reference.exact);
    const [logits, labels] = [layout.logits(Float32Array.of(x)), layout.labels(label, 1)];
    const point =
      this.#exact.get(x) ?? resolve(functions, context.precisions, logits, labels, isNarrow).point;
    this.#exact.set(x, point);
    return point;
  }

  async #computed(subject: Subject, f: TargetFunction, { logits, labels, xs }: Points): Promise<Computed> {
    const { context, layout } = this.#sweep;
    const all = buffers(xs.length, layout.size);
    for (let from = 0; from < xs.length; from += this.#atOnce) {
      const n = Math.min(this.#atOnce, xs.length - from);
      const part = buffers(n, layout.size);
      const numbers = (array: Float32Array) => array.subarray(from * layout.size, (from + n) * layout.size);
      context.onStep(subject.name, 0);
      await f.evaluate(numbers(logits), numbers(labels), n, part);
      all.value.set(part.value, from);
      all.gradient.set(part.gradient, from * layout.size);
      all.threw.set(part.threw, from);
    }
    return all;
  }
}

function buffers(n: number, size: number): Computed {
  return { value: new Float32Array(n), gradient: new Float32Array(n * size), threw: new Uint8Array(n) };
}

/** Where the regions begin and end that are no notes, and their mixed parts. */
function endsOf(findings: readonly Pick<Finding, "severity" | "region">[]): number[] {
  return findings
    .filter(({ severity }) => severity !== "note")
    .flatMap(({ region: { from, to, mixed } }) => [from, to, ...(mixed ? [mixed.from, mixed.to] : [])])
    .map(({ value }) => Number(value));
}

function lineOf(
  { value, gradient, threw }: Computed,
  { exact }: Points,
  size: number,
  quantity: Quantity,
): Pick<CurveLine, "computed" | "errorBits"> {
  const threwBit = quantity === "value" ? VALUE_THREW : GRADIENT_THREW;
  const numbersOf = (i: number) => {
    if ((threw[i] & threwBit) !== 0) return [Number.NaN];
    return quantity === "value" ? [value[i]] : Array.from(gradient.subarray(i * size, (i + 1) * size));
  };
  const numbers = exact.map((_, i) => numbersOf(i));
  return {
    computed: numbers.map(([first]) => jsonNumber(first)),
    errorBits: numbers.map((all, i) => {
      const bits = worstBits(all.map((x, k) => bitsOf(x, exact[i], quantity, k)));
      return bits === null ? null : jsonNumber(bits);
    }),
  };
}

function bitsOf(computed: number, point: ExactPoint, quantity: Quantity, component: number): number | null {
  const enclosure = quantity === "value" ? point.value : point.gradient[component];
  const isSet = quantity === "gradient" && point.kink;
  const exact = isKnown(enclosure, isSet) ? exactNear(computed, point, quantity, component) : Number.NaN;
  return errorBits(computed, exact);
}

/** Whether the formula is defined and resolved to more digits than a float32 has; of a set, every number is right. */
function isKnown(enclosure: Enclosure, isSet = false): boolean {
  return enclosure.defined === "yes" && (isSet || relativeWidth(enclosure) <= 2 ** -30);
}
