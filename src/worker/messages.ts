import type { ExplainOptions } from "../explain/options.js";
import type { ResolvedLoss } from "../losses/resolve.js";
import type { SweepOptions } from "../sweep/options.js";

/** What runs user code, in a process of its own. `skip` names implementations that brought an earlier one down. */
export type Job =
  | { kind: "sweep"; loss: ResolvedLoss; options: SweepOptions; skip: string[] }
  | { kind: "explain"; options: ExplainOptions; version: string; skip: string[] };

export type ToChild =
  | { type: "job"; job: Job }
  /** End with what there is. */
  | { type: "stop" };

export type ToParent =
  | { type: "step"; implementation: string; target: string; done: number }
  | { type: "result"; result: unknown }
  /** `expected`: something that the user gave; otherwise it is our own fault. */
  | { type: "error"; message: string; expected: boolean; stack?: string };
