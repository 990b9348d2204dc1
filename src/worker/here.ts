import { keepEngine } from "../targets/keep-engine.js";
import { faultOf, faultText } from "./faults.js";
import type { Job } from "./messages.js";
import type { OnStep, Supervised } from "./supervise.js";
import { work } from "./work.js";

/** Whether a job is about functions that only this process has. */
export function isHere(job: Job): boolean {
  if (job.kind === "explain") return job.options.functions !== undefined;
  return (job.kind === "sweep" || job.kind === "fuzz") && job.loss.kind === "function";
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs a job in this process, when all that came before it are done: tfjs has one engine, which is left as it was. On
 * abort the job ends with what it has. Nothing watches it: code that hangs, hangs this process.
 */
export function runHere<Result>(
  job: Job,
  onStep: OnStep,
  onNews: (news: unknown) => void,
  signal: AbortSignal | undefined,
): Promise<Supervised<Result>> {
  const run = async (): Promise<Supervised<Result>> => {
    if (signal?.aborted) return { casualties: [] };
    try {
      const isStopped = () => signal?.aborted === true;
      const result = await keepEngine(() => work(job, { onStep, onNews, isStopped }));
      return { result: result as Result, casualties: [] };
    } catch (error) {
      return { error: faultText(faultOf(error)), casualties: [] };
    }
  };
  const turn = last.then(run);
  last = turn;
  return turn;
}
