import type { Job } from "./messages.js";
import type { OnStep } from "./supervise.js";

/** Who hears of a job while it runs. */
export interface WorkListeners {
  onStep: OnStep;
  /** What is known before the result. */
  onNews(news: unknown): void;
  /** Whether to end with what there is. */
  isStopped(): boolean;
}

/** Does a job in this process, and gives its result. Only what it needs is loaded. */
export async function work(job: Job, listeners: WorkListeners): Promise<unknown> {
  const { onStep, onNews, isStopped } = listeners;
  if (job.kind === "sweep") {
    const { sweepLoss } = await import("../sweep/sweep-loss.js");
    return sweepLoss(job, { onStep, onPrepared: () => onNews("prepared"), isStopped });
  }
  if (job.kind === "fuzz") {
    const { fuzzLoss } = await import("../fuzz/fuzz-loss.js");
    return fuzzLoss(job, {
      onStep: (implementation) => onStep(implementation, job.target, 0),
      ...{ onNews, isStopped },
    });
  }
  if (job.kind === "target") {
    const { loadTarget } = await import("../targets/targets.js");
    const target = await loadTarget(job.target);
    await target.close();
    return target.description;
  }
  if (job.kind === "ops") {
    const { measureTarget } = await import("../ops/measure-target.js");
    return measureTarget(job.target, job.options, job.skip, { onStep, isStopped });
  }
  if (job.kind === "doctor") {
    const { examine } = await import("../doctor/examine.js");
    return examine(job.target);
  }
  const { explain } = await import("../explain/explain.js");
  return explain(job.options, job.version, job.skip, { onStep, isStopped });
}
