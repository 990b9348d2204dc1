import type { ResolvedLoss } from "../losses/resolve.js";
import type { SweepOptions } from "../sweep/options.js";
import type { LossResult } from "../sweep/sweep-loss.js";

export interface Job {
  loss: ResolvedLoss;
  options: SweepOptions;
  skip: string[];
}

export type ToChild =
  | ({ type: "job" } & Job)
  /** End with what there is. */
  | { type: "stop" };

export type ToParent =
  | { type: "step"; implementation: string; target: string; done: number }
  | { type: "result"; result: LossResult }
  /** `expected`: something that the user gave; otherwise it is our own fault. */
  | { type: "error"; message: string; expected: boolean; stack?: string };
