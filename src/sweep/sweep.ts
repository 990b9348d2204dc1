import { availableParallelism } from "node:os";
import type { Finding, Severity } from "../judge/finding.js";
import { catalogueNames } from "../losses/names.js";
import { type ResolvedLoss, resolveLosses } from "../losses/resolve.js";
import type { AuditError, AuditReport, LossSummary } from "../report/report.js";
import { version } from "../version.js";
import { type OnStep, supervise } from "../worker/supervise.js";
import { checkInputs } from "./check-inputs.js";
import type { SweepOptions, SweepProgress } from "./options.js";
import type { LossResult } from "./sweep-loss.js";

export interface SweepHooks {
  onProgress?(progress: SweepProgress): void;
  /** Called for each loss in the order in which they were given, as soon as it and those before it are done. */
  onLoss?(summary: LossSummary, findings: Finding[]): void;
  onWarning?(message: string): void;
  signal?: AbortSignal;
}

interface Done {
  result?: LossResult;
  errors: AuditError[];
}

const RANK: Record<Severity, number> = { error: 3, warning: 2, note: 1 };

/**
 * Audits losses on real targets against their exact values. Each loss runs in a
 * process of its own, as many at once as there are processors. On abort it
 * returns what is done by then.
 */
export async function sweep(options: SweepOptions, hooks: SweepHooks = {}): Promise<AuditReport> {
  const given: ResolvedLoss[] =
    options.losses.length === 0
      ? Array.from(catalogueNames.keys(), (name) => ({ argument: name, kind: "catalogue", name }))
      : resolveLosses(options.losses);
  await checkInputs(options);
  const done: (Done | undefined)[] = given.map(() => undefined);
  const progress = given.map(() => 0);
  let reported = 0;
  let next = 0;

  const work = async (): Promise<void> => {
    while (next < given.length && !hooks.signal?.aborted) {
      const at = next++;
      const step = (implementation: string, target: string, share: number) => {
        progress[at] = share;
        const all = progress.reduce((sum, p) => sum + p, 0) / given.length;
        hooks.onProgress?.({ loss: given[at].argument, implementation, target, done: all });
      };
      done[at] = await audited(given[at], options, step, hooks.signal);
      progress[at] = 1;
      for (; reported < given.length && done[reported]; reported++) {
        const { result } = done[reported] as Done;
        for (const warning of result?.warnings ?? []) hooks.onWarning?.(warning);
        if (result) hooks.onLoss?.(result.summary, result.findings);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), given.length) }, work));
  return reportOf(
    options,
    done.filter((d) => d !== undefined),
    hooks.signal?.aborted === true,
  );
}

/** Undefined when the signal came before there was anything. */
async function audited(
  loss: ResolvedLoss,
  options: SweepOptions,
  onStep: OnStep,
  signal: AbortSignal | undefined,
): Promise<Done | undefined> {
  const job = (skip: string[]) => ({ kind: "sweep" as const, loss, options, skip });
  const { result, error, casualties } = await supervise<LossResult>(job, options.timeout, onStep, signal);
  const errors: AuditError[] = casualties.map(({ implementation, ...casualty }) => ({
    loss: loss.argument,
    ...(implementation && { implementation }),
    ...casualty,
  }));
  if (error !== undefined) errors.push({ loss: loss.argument, message: error });
  return result || errors.length > 0 ? { result, errors } : undefined;
}

function reportOf(options: SweepOptions, done: Done[], interrupted: boolean): AuditReport {
  const results = done.flatMap(({ result }) => result ?? []);
  const findings = results.flatMap((result) => result.findings);
  findings.sort((a, b) => RANK[b.severity] - RANK[a.severity]);
  const errors = done.flatMap((d) => [...d.errors, ...(d.result?.errors ?? [])]);
  const summaries = results.map(({ summary }) => summary);
  const audited = summaries.map(({ loss, implementations }) =>
    implementations
      .filter(({ verdict }) => verdict !== "failed")
      .map(({ implementation, points }) => ({ name: `${loss}#${implementation}`, points })),
  );
  const targets = new Map(results.flatMap((result) => result.targets.map((target) => [target.name, target])));
  return {
    schema: 1,
    command: "sweep",
    version,
    seed: options.seed,
    targets: [...targets.values()],
    audited: {
      losses: audited.filter(({ length }) => length > 0).length,
      implementations: new Set(audited.flat().map(({ name }) => name)).size,
      points: audited.flat().reduce((sum, { points }) => sum + points, 0),
    },
    losses: summaries,
    findings,
    unresolved: results.reduce((sum, { unresolved }) => sum + unresolved, 0),
    errors,
    interrupted,
    exitCode: exitCodeOf(options, findings, errors, audited.flat().length, interrupted),
  };
}

function exitCodeOf(
  { failOn }: SweepOptions,
  findings: readonly Finding[],
  errors: readonly AuditError[],
  audited: number,
  interrupted: boolean,
): AuditReport["exitCode"] {
  if (interrupted) return 130;
  if (errors.length > 0 || audited === 0) return 2;
  return failOn !== "never" && findings.some(({ severity }) => RANK[severity] >= RANK[failOn]) ? 1 : 0;
}
