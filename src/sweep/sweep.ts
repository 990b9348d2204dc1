import { type Finding, severityRank } from "../judge/finding.js";
import { askedLosses, type ResolvedLoss } from "../losses/resolve.js";
import { exitCodeOf } from "../report/exit-code.js";
import type { AuditError, AuditReport, LossSummary } from "../report/report.js";
import { type FoundTargets, findTargets } from "../targets/find.js";
import { version } from "../version.js";
import { inParallel } from "../worker/pool.js";
import { type OnStep, supervise } from "../worker/supervise.js";
import { checkInputs } from "./check-inputs.js";
import { type JoinedLoss, joinTargets, type TargetPart } from "./join-targets.js";
import type { SweepOptions, SweepProgress } from "./options.js";
import type { LossResult } from "./sweep-loss.js";

export interface SweepHooks {
  onProgress?(progress: SweepProgress): void;
  /** Called for each loss in the order in which they were given, as soon as it and those before it are done. */
  onLoss?(summary: LossSummary, findings: Finding[]): void;
  onWarning?(message: string): void;
  signal?: AbortSignal;
}

/**
 * Audits losses on real targets against their exact values. Each loss runs on
 * each target in a process of its own, as many at once as there are processors.
 * On abort it returns what is done by then.
 */
export async function sweep(options: SweepOptions, hooks: SweepHooks = {}): Promise<AuditReport> {
  const given = askedLosses(options.losses);
  await checkInputs(options);
  const { names, missing } = await findTargets(options.targets, options.timeout, hooks.signal);
  const parts = given.map((): (TargetPart | undefined)[] => names.map(() => undefined));
  const joined: (JoinedLoss | undefined)[] = given.map(() => undefined);
  const units = given.flatMap((loss, l) => names.map((target, t) => ({ loss, target, l, t, share: 0 })));
  let reported = 0;

  const say = ({ result }: JoinedLoss) => {
    for (const warning of result?.warnings ?? []) hooks.onWarning?.(warning);
    if (result) hooks.onLoss?.(result.summary, result.findings);
  };
  const work = async (unit: (typeof units)[number]): Promise<void> => {
    const { loss, target, l, t } = unit;
    const step: OnStep = (implementation, _, share) => {
      unit.share = share;
      const done = units.reduce((sum, one) => sum + one.share, 0) / units.length;
      hooks.onProgress?.({ loss: loss.argument, implementation, target, done });
    };
    parts[l][t] = await audited(loss, target, options, step, hooks.signal);
    unit.share = 1;
    if (parts[l].includes(undefined)) return;
    joined[l] = joinTargets(parts[l] as TargetPart[]);
    for (; joined[reported] !== undefined; reported++) say(joined[reported] as JoinedLoss);
  };
  await inParallel(units, work, hooks.signal);
  if (hooks.signal?.aborted) {
    // What is there of losses that are not done on all targets, or that come after one that is not.
    for (const [l, some] of parts.entries()) {
      const there = some.filter((part) => part !== undefined);
      if (there.length > 0) joined[l] ??= joinTargets(there);
    }
    for (const one of joined.slice(reported)) if (one) say(one);
  }
  const done = joined.filter((loss) => loss !== undefined);
  const descriptions = parts.flat().flatMap((part) => part?.result?.target ?? []);
  return reportOf(options, done, {
    targets: [...new Map(descriptions.map((target) => [target.name, target])).values()],
    missing,
    interrupted: hooks.signal?.aborted === true,
  });
}

async function audited(
  loss: ResolvedLoss,
  target: string,
  options: SweepOptions,
  onStep: OnStep,
  signal: AbortSignal | undefined,
): Promise<TargetPart | undefined> {
  const job = (skip: string[]) => ({ kind: "sweep" as const, loss, target, options, skip });
  const { result, error, casualties } = await supervise<LossResult>(job, options.timeout, onStep, signal);
  const errors: AuditError[] = casualties.map(({ implementation, message }) => ({
    loss: loss.argument,
    ...(implementation && { implementation }),
    target,
    message,
  }));
  if (error !== undefined) errors.push({ loss: loss.argument, target, message: error });
  return result || errors.length > 0 ? { result, errors } : undefined;
}

function reportOf(
  options: SweepOptions,
  done: readonly JoinedLoss[],
  {
    targets,
    missing,
    interrupted,
  }: Pick<AuditReport, "targets" | "interrupted"> & Pick<FoundTargets, "missing">,
): AuditReport {
  const results = done.flatMap(({ result }) => result ?? []);
  const findings = results.flatMap((result) => result.findings);
  findings.sort((a, b) => severityRank[b.severity] - severityRank[a.severity]);
  const errors = [...missing, ...done.flatMap((loss) => loss.errors)];
  const summaries = results.map(({ summary }) => summary);
  const audited = summaries.map(({ loss, implementations }) =>
    implementations
      .filter(({ verdict }) => verdict !== "failed")
      .map(({ implementation, points }) => ({ name: `${loss}#${implementation}`, points })),
  );
  return {
    schema: 1,
    command: "sweep",
    version,
    seed: options.seed,
    targets,
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
    exitCode: exitCodeOf(options.failOn, {
      ...{ findings, errors: errors.length, interrupted },
      isAudited: audited.flat().length > 0,
    }),
  };
}
