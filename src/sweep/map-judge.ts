import type { Enclosure } from "../arithmetic/enclosure.js";
import { type Computed, GRADIENT_THREW, VALUE_THREW } from "../evaluate/target-function.js";
import { toFloat } from "../inputs/float32.js";
import {
  classifyEnclosure,
  OK,
  relativeError,
  THROWS,
  type Tolerance,
  UNRESOLVED,
} from "../judge/classify.js";
import type { Quantity } from "../judge/finding.js";
import { exactNumber, jsonNumber, ulpsBetween } from "../judge/number.js";
import type { ExactFunction, ExactPoint } from "../oracle/exact-function.js";
import { MPFR_PIXELS, nothingKnown, PRECISIONS, type Precisions } from "../oracle/oracle.js";
import type { Worst } from "../report/report.js";
import type { MapCase } from "./map-cases.js";

/** The exact loss of a whole map, and the verdicts on what implementations compute for it. */
export class MapJudge {
  /** Pixels whose map needed MPFR. */
  escalated = 0;
  readonly #references: readonly ExactFunction[];
  readonly #precisions: Precisions;
  readonly #tolerance: Tolerance;
  readonly #map: MapCase;
  /** In balls first; in MPFR from when these left a verdict open. */
  #exact: ExactPoint | undefined;
  #level = -1;
  readonly #worst = new Map<Quantity, Worst>();

  constructor(
    references: readonly ExactFunction[],
    precisions: Precisions,
    tolerance: Tolerance,
    map: MapCase,
  ) {
    this.#references = references;
    this.#precisions = precisions;
    this.#tolerance = tolerance;
    this.#map = map;
  }

  /** The exact value and gradient: that of the reference's autodiff, run exactly. */
  exactPoint(): ExactPoint {
    this.#exact ??= this.#inBalls();
    return this.#exact;
  }

  worst(quantity: Quantity): Worst | undefined {
    return this.#worst.get(quantity);
  }

  /** `failing` gets what is not right; for the value, the pixel with the worst gradient. */
  judge(
    computed: Computed,
    failing: (quantity: Quantity, code: number, badness: number, pixel: number) => void,
  ): void {
    this.#worst.clear();
    const { logits } = this.#map;
    const codes = new Uint8Array(logits.length);
    let worstPixel = 0;
    for (let i = 0; i < logits.length; i++) {
      codes[i] =
        (computed.threw[0] & GRADIENT_THREW) !== 0
          ? THROWS
          : this.#verdict("gradient", i, computed.gradient[i]);
      if (codes[i] > codes[worstPixel]) worstPixel = i;
    }
    const value =
      (computed.threw[0] & VALUE_THREW) !== 0 ? THROWS : this.#verdict("value", 0, computed.value[0]);
    if (value !== OK) failing("value", value, this.#badness("value", 0, computed.value[0]), worstPixel);
    if (codes[worstPixel] === THROWS) {
      failing("gradient", THROWS, 0, 0);
      return;
    }
    for (let i = 0; i < logits.length; i++) {
      if (codes[i] !== OK)
        failing("gradient", codes[i], this.#badness("gradient", i, computed.gradient[i]), i);
    }
  }

  #verdict(quantity: Quantity, i: number, computed: number): number {
    let code = UNRESOLVED;
    do {
      code = classifyEnclosure(computed, this.#enclosure(quantity, i), quantity, this.#tolerance);
    } while (code === UNRESOLVED && this.#refine());
    this.#noteWorst(quantity, i, computed);
    return code;
  }

  #badness(quantity: Quantity, i: number, computed: number): number {
    const exact = exactNumber(this.#enclosure(quantity, i));
    const badness = computed === 0 ? Math.abs(exact) : relativeError(computed, exact);
    return badness < Infinity ? badness : -Math.abs(this.#map.logits[i]);
  }

  #noteWorst(quantity: Quantity, i: number, computed: number): void {
    const exact = exactNumber(this.#enclosure(quantity, i));
    const relative = relativeError(computed, exact);
    const known = this.#worst.get(quantity);
    if (!(relative < Infinity) || (known && relative <= Number(known.relative))) return;
    this.#worst.set(quantity, {
      relative: jsonNumber(relative),
      ulps: jsonNumber(ulpsBetween(computed, exact)),
      input: toFloat(this.#map.logits[i]),
      label: this.#map.labels[i],
    });
  }

  #enclosure(quantity: Quantity, i: number): Enclosure {
    const exact = this.exactPoint();
    return quantity === "value" ? exact.value : exact.gradient[i];
  }

  /** Takes more bits. False when there are no more, or the map is too large for them. */
  #refine(): boolean {
    const { logits, labels } = this.#map;
    if (logits.length > MPFR_PIXELS || this.#level + 1 >= PRECISIONS.length) return false;
    if (this.#level < 0) this.escalated = logits.length;
    this.#level++;
    const arithmetic = this.#precisions.at(PRECISIONS[this.#level]);
    for (const reference of this.#references) {
      const exact = reference.autodiff(arithmetic, logits, labels);
      if (!exact) continue;
      this.#exact = exact;
      if ([exact.value, ...exact.gradient].every(({ defined }) => defined === "yes")) return true;
    }
    return true;
  }

  #inBalls(): ExactPoint {
    const { logits, labels } = this.#map;
    for (const reference of this.#references) {
      const point = reference.mapInBalls(logits, labels);
      if (point) return point;
    }
    return nothingKnown(logits.length);
  }
}
