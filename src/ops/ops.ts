import { findTargets } from "../targets/find.js";
import { version } from "../version.js";
import { inParallel } from "../worker/pool.js";
import { supervise } from "../worker/supervise.js";
import type { OpsOptions } from "./options.js";
import type { OpsError, OpsReport, TargetOps } from "./report.js";

export interface OpsHooks {
  /** Which op runs on which target, and how much of all is done, 0 to 1. */
  onProgress?(form: string, target: string, done: number): void;
  signal?: AbortSignal;
}

/**
 * Measures the ops of tfjs on real targets, each in a process of its own, as
 * many at once as there are processors. On abort it returns what is done by then.
 */
export async function measureOps(options: OpsOptions, hooks: OpsHooks = {}): Promise<OpsReport> {
  const { names, missing } = await findTargets(options, hooks.signal);
  const parts = names.map((target) => ({ target, done: 0, result: undefined as TargetOps | undefined }));
  const errors: OpsError[] = missing.map(({ target = "", message }) => ({ target, message }));
  const work = async (part: (typeof parts)[number]): Promise<void> => {
    const { target } = part;
    const job = (skip: string[]) => ({ kind: "ops" as const, target, options, skip });
    const onStep = (form: string, _: string, done: number) => {
      part.done = done;
      hooks.onProgress?.(form, target, parts.reduce((sum, one) => sum + one.done, 0) / parts.length);
    };
    const { result, error, casualties } = await supervise<TargetOps>(
      job,
      options.timeout,
      onStep,
      hooks.signal,
    );
    part.result = result;
    part.done = 1;
    for (const { implementation: op, message } of casualties)
      errors.push({ ...(op && { op }), target, message });
    if (error !== undefined) errors.push({ target, message: error });
  };
  await inParallel(parts, work, hooks);
  const results = parts.flatMap(({ result }) => result ?? []);
  const interrupted = hooks.signal?.aborted === true;
  const ops = results.flatMap(({ ops }) => ops);
  return {
    schema: 1,
    command: "ops",
    version,
    targets: results.map(({ target }) => target),
    ops,
    errors: errors.sort((a, b) => names.indexOf(a.target) - names.indexOf(b.target)),
    interrupted,
    exitCode: interrupted ? 130 : errors.length > 0 || ops.length === 0 ? 2 : 0,
  };
}
