import type { ExplainOptions } from "../explain/options.js";
import type { FuzzJob } from "../fuzz/fuzz-loss.js";
import type { OpsOptions } from "../ops/options.js";
import type { SweepJob } from "../sweep/sweep-loss.js";
import type { Fault } from "./faults.js";

/** What runs user code, in a process of its own. `skip` names implementations that brought an earlier one down. */
export type Job =
  | ({ kind: "sweep" } & SweepJob)
  | ({ kind: "fuzz" } & FuzzJob)
  /** Says what a target is, or why it is missing. */
  | { kind: "target"; target: string }
  | { kind: "ops"; target: string; options: OpsOptions; skip: string[] }
  | { kind: "doctor"; target: string }
  | { kind: "explain"; options: ExplainOptions; version: string; skip: string[] };

/** Whether it runs the functions of a loss. */
export function runsLoss(job: Job): job is Extract<Job, { kind: "sweep" | "fuzz" | "explain" }> {
  return job.kind === "sweep" || job.kind === "fuzz" || job.kind === "explain";
}

export type ToChild =
  | { type: "job"; job: Job }
  /** End with what there is. */
  | { type: "stop" };

export type ToParent =
  | { type: "step"; implementation: string; target: string; done: number }
  /** The implementation of the last step has spoiled the process for all that come after it. */
  | { type: "spoiled"; message: string }
  /** User code threw where nobody could catch it. The job goes on. */
  | { type: "threw"; message: string }
  /** What is known before the result, so that it is kept whatever becomes of the process. */
  | { type: "news"; news: unknown }
  | { type: "result"; result: unknown }
  | ({ type: "error" } & Fault);
