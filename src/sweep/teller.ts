import type { Finding } from "../judge/finding.js";
import type { LossSummary } from "../report/report.js";
import { joinLoss, type SweepParts } from "./sweep-report.js";

export interface LossListener {
  /** Called for each loss in the order in which they were given, as soon as it and those before it are done. */
  onLoss?(summary: LossSummary, findings: Finding[]): void;
  onWarning?(message: string): void;
}

/** Tells of losses in their order while their parts come in, in any order. */
export class Teller {
  readonly #parts: SweepParts;
  readonly #listener: LossListener;
  /** How many pieces of each loss are not done. */
  readonly #open: number[];
  #next = 0;

  /** `pieces` are the arguments of their losses. */
  constructor(parts: SweepParts, pieces: readonly string[], listener: LossListener) {
    this.#parts = parts;
    this.#listener = listener;
    this.#open = parts.losses.map((loss) => pieces.filter((argument) => argument === loss).length);
  }

  /** A piece of a loss is done. */
  done(argument: string): void {
    this.#open[this.#parts.losses.indexOf(argument)] -= 1;
    while (this.#open[this.#next] === 0) this.#tell();
  }

  /** Tells what there is of losses that are not done, or that come after one that is not. */
  rest(): void {
    while (this.#next < this.#open.length) this.#tell();
  }

  #tell(): void {
    const result = joinLoss(this.#parts.losses[this.#next++], this.#parts)?.result;
    if (!result) return;
    for (const warning of result.warnings) this.#listener.onWarning?.(warning);
    this.#listener.onLoss?.(result.summary, result.findings);
  }
}
