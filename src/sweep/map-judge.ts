import type { Enclosure } from "../arithmetic/enclosure.js";
import { type ComputedPoint, sampleAt, valueAt } from "../explain/computed-point.js";
import { badnessOf } from "../judge/badness.js";
import { OK, relativeError, THROWS, type Tolerance, UNRESOLVED } from "../judge/classify.js";
import type { Quantity } from "../judge/finding.js";
import { exactNumber } from "../judge/number.js";
import {
  batchInBalls,
  batchInIntervals,
  type ExactBatch,
  sumOf,
  unlessThrown,
} from "../oracle/exact-batch.js";
import type { ExactFunction, ExactPoint } from "../oracle/exact-function.js";
import { MPFR_PIXELS, nothingKnown, PRECISIONS, type Precisions } from "../oracle/oracle.js";
import type { Worst } from "../report/report.js";
import { verdictOn, worstOf } from "./judge-number.js";
import type { MapCase } from "./map-cases.js";

export interface MapJudgeOptions {
  /** Functions of the map whose exact run is the loss, best first. */
  references: readonly ExactFunction[];
  precisions: Precisions;
  tolerance: Tolerance;
  map: MapCase;
  /** Values that an implementation gives for the map: one, or one for each of its samples. */
  samples: number;
  /** The references give another number of values: the sums are compared. */
  isSummed: boolean;
}

/** What is not right in a map. */
export interface MapFailure {
  quantity: Quantity;
  code: number;
  badness: number;
  /** For a value, that with the worst gradient of those that it is made of. */
  pixel: number;
  /** Whose value it is, where each sample has one. */
  sample?: number;
  /** NaN where it threw. */
  computed: number;
}

export type MapWorst = Partial<Record<Quantity, Worst>>;

/**
 * The exact loss of a whole map, and the verdicts on what implementations compute
 * for it. What is said of an implementation does not depend on those that were
 * judged before it.
 */
export class MapJudge {
  /** Pixels of maps that needed MPFR, counted once for each implementation. */
  escalated = 0;
  readonly #options: MapJudgeOptions;
  /** In balls, then in MPFR with more and more bits, as far as verdicts were left open. */
  readonly #levels: Required<ExactBatch>[];
  #level = 0;

  constructor(options: MapJudgeOptions) {
    this.#options = options;
    const { logits, labels } = options.map;
    this.#levels = [this.#resolved((reference) => batchInBalls(reference, logits, labels))];
  }

  /** The exact value, of a sample where each has one, and the gradient: that of the reference's autodiff, run exactly. */
  exactPoint(sample = 0): ExactPoint {
    const { values, gradient } = this.#levels[this.#level];
    return { value: values[sample], gradient, kink: false };
  }

  /** Tells `failing` of all that is not right, and gives the worst of what is finite. */
  judge(computed: ComputedPoint, failing: (failure: MapFailure) => void): MapWorst {
    this.#level = 0;
    const { logits } = this.#options.map;
    const worst: MapWorst = {};
    const gradient = computed.gradient instanceof Float32Array ? computed.gradient : undefined;
    const codes = Uint8Array.from(logits, (_, i) =>
      gradient ? this.#verdict("gradient", i, gradient[i], i, worst) : THROWS,
    );
    const samples = this.#levels[0].values.length;
    for (let sample = 0; sample < samples; sample++) {
      const pixel = worstPixel(codes, sample, samples);
      const value = valueAt(computed, samples > 1 ? sample : undefined);
      const code = value === undefined ? THROWS : this.#verdict("value", sample, value, pixel, worst);
      if (code === OK) continue;
      failing({
        quantity: "value",
        code,
        badness: value === undefined ? 0 : this.#badness("value", sample, value, pixel),
        pixel,
        ...(samples > 1 && value !== undefined && { sample }),
        computed: value ?? Number.NaN,
      });
      if (value === undefined) break; // what throws throws for the whole map
    }
    if (!gradient) {
      failing({ quantity: "gradient", code: THROWS, badness: 0, pixel: 0, computed: Number.NaN });
      return worst;
    }
    codes.forEach((code, pixel) => {
      if (code === OK) return;
      const badness = this.#badness("gradient", pixel, gradient[pixel], pixel);
      failing({ quantity: "gradient", code, badness, pixel, computed: gradient[pixel] });
    });
    return worst;
  }

  /** Of a value or component; `pixel` stands for it among the worst. */
  #verdict(quantity: Quantity, i: number, computed: number, pixel: number, worst: MapWorst): number {
    let code = UNRESOLVED;
    do {
      code = verdictOn(computed, this.#enclosure(quantity, i), quantity, false, this.#options.tolerance);
    } while (code === UNRESOLVED && this.#refine());
    const exact = exactNumber(this.#enclosure(quantity, i));
    const relative = relativeError(computed, exact);
    if (relative < Infinity && !(relative <= Number(worst[quantity]?.relative))) {
      const { logits, labels } = this.#options.map;
      worst[quantity] = worstOf(computed, exact, logits[pixel], labels[pixel]);
    }
    return code;
  }

  #badness(quantity: Quantity, i: number, computed: number, pixel: number): number {
    const exact = exactNumber(this.#enclosure(quantity, i));
    return badnessOf(computed, exact, this.#options.map.logits[pixel]);
  }

  #enclosure(quantity: Quantity, i: number): Enclosure {
    const { values, gradient } = this.#levels[this.#level];
    return quantity === "value" ? values[i] : gradient[i];
  }

  /** Takes more bits. False when there are no more, or the map is too large for them. */
  #refine(): boolean {
    const { precisions, map } = this.#options;
    const { logits, labels } = map;
    if (logits.length > MPFR_PIXELS || this.#level >= PRECISIONS.length) return false;
    if (this.#level === 0) this.escalated += logits.length;
    const arithmetic = precisions.at(PRECISIONS[this.#level]);
    this.#level++;
    this.#levels[this.#level] ??= this.#resolved((reference) =>
      batchInIntervals(reference, arithmetic, logits, labels, "all"),
    );
    return true;
  }

  /** Values and gradient, each from the first reference that has all of it. */
  #resolved(run: (reference: ExactFunction) => ExactBatch): Required<ExactBatch> {
    const { references, map, samples, isSummed } = this.#options;
    const nothing = nothingKnown(map.logits.length);
    let values = new Array<Enclosure>(isSummed ? 1 : samples).fill(nothing.value);
    let { gradient } = nothing;
    for (const reference of references) {
      const batch = unlessThrown(() => run(reference));
      if (!batch) continue;
      if (!isDefined(values)) values = isSummed ? [sumOf(batch.values)] : batch.values;
      if (batch.gradient && !isDefined(gradient)) ({ gradient } = batch);
      if (isDefined(values) && isDefined(gradient)) break;
    }
    return { values, gradient };
  }
}

function isDefined(enclosures: readonly Enclosure[]): boolean {
  return enclosures.every(({ defined }) => defined === "yes");
}

/** Of one sample, or of the whole map where it is one. */
function worstPixel(codes: Uint8Array, sample: number, samples: number): number {
  let worst = -1;
  for (let i = 0; i < codes.length; i++) {
    if (sampleAt(i, codes.length, samples) !== sample) continue;
    if (worst < 0 || codes[i] > codes[worst]) worst = i;
  }
  return worst;
}
