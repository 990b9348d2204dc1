import { InputError } from "../inputs/input-error.js";
import { exitCodeOf } from "../report/exit-code.js";
import { version } from "../version.js";
import { supervise } from "../worker/supervise.js";
import type { ExplainOptions } from "./options.js";
import type { ExplainReport } from "./report.js";

/** How far `explain` is. */
export interface ExplainProgress {
  loss: string;
  implementation: string;
  target: string;
  /** Share of the points that are done, 0 to 1. */
  done: number;
}

export interface ExplainHooks {
  onProgress?(progress: ExplainProgress): void;
  signal?: AbortSignal;
}

/**
 * `explain` in a process of its own, so that an implementation that hangs or
 * ends its process is an error of this one alone. On abort it returns what is
 * done by then. Throws an InputError when nothing can be explained.
 */
export async function explainApart(
  options: ExplainOptions,
  timeout: number,
  { onProgress, signal }: ExplainHooks = {},
): Promise<ExplainReport> {
  const { loss } = options;
  const { result, error, casualties } = await supervise<ExplainReport>(
    (skip) => ({ kind: "explain" as const, options, version, skip }),
    timeout,
    (implementation, target, done) => onProgress?.({ loss, implementation, target, done }),
    signal,
  );
  const errors = casualties
    .filter(({ implementation }) => !options.comparedWith.includes(implementation ?? ""))
    .map((casualty) => ({ loss, ...casualty }));
  if (!result && signal?.aborted) return stopped(errors);
  if (!result) throw new InputError(error ?? casualties[casualties.length - 1].message);
  if (errors.length === 0) return result;
  return { ...result, errors: [...errors, ...result.errors], exitCode: result.interrupted ? 130 : 2 };
}

/** What there is after an abort that came too early for more. */
function stopped(errors: ExplainReport["errors"]): ExplainReport {
  const outcome = { findings: [], errors: errors.length, isAudited: false, interrupted: true };
  return {
    ...{ schema: 1, command: "explain", version, points: [], warnings: [], errors },
    ...{ interrupted: true, exitCode: exitCodeOf("never", outcome) },
  };
}
