import { fromOrdinal, ordinal } from "../inputs/float32.js";
import type { Random } from "../inputs/random.js";
import { fromTotalOrdinal, totalOrdinal } from "../inputs/total-order.js";

/** The numbers that logits or labels may be. */
export class Domain {
  readonly #low: number;
  readonly #high: number;

  /** Both ends are float32 numbers; `extra` are numbers outside that are allowed as well: ±Infinity, NaN. */
  constructor(
    readonly low: number,
    readonly high: number,
    readonly extra: readonly number[] = [],
  ) {
    this.#low = ordinal(low);
    this.#high = ordinal(high);
  }

  has(x: number): boolean {
    return (x >= this.low && x <= this.high) || this.extra.some((one) => Object.is(one, x));
  }

  /** The number itself as a float32, or the nearest that is allowed; of NaN that which is nearest to 0. */
  nearest(x: number): number {
    const float = Math.fround(x);
    if (this.has(float)) return float;
    if (Number.isNaN(float)) return this.nearest(0);
    return float < this.low ? this.low : this.high;
  }

  /** The number so many floats further, or the end on that side. NaN has no neighbours: it gives what is nearest to 0. */
  step(x: number, ulps: number): number {
    if (Number.isNaN(x)) return this.nearest(0);
    return fromOrdinal(Math.min(Math.max(ordinal(x) + ulps, this.#low), this.#high));
  }

  /** Any float between the ends, -0 and 0 apart, each as likely: most are small or large, in all exponents. */
  bits(random: Random): number {
    return fromTotalOrdinal(random.integer(totalOrdinal(this.low), totalOrdinal(this.high)));
  }
}
