import type { Quantity } from "../judge/finding.js";
import type { Worst } from "../report/report.js";

/** What a sweep counts besides its findings. */
export class Tally {
  /** Points at which implementations were judged, and those of them that needed MPFR, over all implementations. */
  oraclePoints = 0;
  escalated = 0;
  /** Points whose exact answer stayed too wide to judge. */
  unresolved = 0;
  /** Points were left out of a sweep because only MPFR could judge them. */
  isThinned = false;
  readonly #points = new Map<string, number>();
  readonly #worst = new Map<string, Worst>();

  points(implementation: string, n: number): void {
    this.#points.set(implementation, (this.#points.get(implementation) ?? 0) + n);
  }

  pointsOf(implementation: string): number {
    return this.#points.get(implementation) ?? 0;
  }

  worst(implementation: string, quantity: Quantity, worst: Worst): void {
    const key = `${implementation} ${quantity}`;
    const known = this.#worst.get(key);
    if (!known || Number(worst.relative) > Number(known.relative)) this.#worst.set(key, worst);
  }

  worstOf(implementation: string, quantity: Quantity): Worst | undefined {
    return this.#worst.get(`${implementation} ${quantity}`);
  }
}
