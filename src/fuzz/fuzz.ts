import { type Severity, severityRank } from "../judge/finding.js";
import { catalogueNames } from "../losses/names.js";
import { type ResolvedLoss, resolveLosses } from "../losses/resolve.js";
import type { AuditError, TargetDescription } from "../report/report.js";
import { findTargets } from "../targets/find.js";
import { version } from "../version.js";
import { inParallel } from "../worker/pool.js";
import { supervise } from "../worker/supervise.js";
import type { FuzzState } from "./context.js";
import type { FuzzNews, FuzzResult } from "./fuzz-loss.js";
import type { FuzzOptions } from "./options.js";
import type { Cured, FuzzFinding, FuzzReport } from "./report.js";

/** How far a fuzz run is, over all losses and targets. */
export interface FuzzProgress extends FuzzState {
  /** What runs. */
  loss: string;
  implementation: string;
  target: string;
}

export interface FuzzHooks {
  onProgress?(progress: FuzzProgress): void;
  onFinding?(finding: FuzzFinding): void;
  onWarning?(message: string): void;
  signal?: AbortSignal;
}

/** What is known of one loss on one target. */
interface Unit {
  loss: ResolvedLoss;
  target: string;
  state: FuzzState;
  findings: FuzzFinding[];
  cured: Cured[];
  result?: FuzzResult;
  errors: AuditError[];
}

/**
 * Searches for inputs at which losses fail on real targets. Each loss runs on each target in a process of its own, as
 * many at once as there are processors. On abort it returns what was found by then.
 */
export async function fuzz(options: FuzzOptions, hooks: FuzzHooks = {}): Promise<FuzzReport> {
  const given: ResolvedLoss[] =
    options.losses.length === 0
      ? Array.from(catalogueNames.keys(), (name) => ({ argument: name, kind: "catalogue", name }))
      : resolveLosses(options.losses);
  const { names, missing } = await findTargets(options.targets, options.timeout, hooks.signal);
  const units = given.flatMap((loss) =>
    names.map((target): Unit => {
      const state = { runs: 0, points: 0, findings: 0, worst: 0 };
      return { loss, target, state, findings: [], cured: [], errors: [] };
    }),
  );
  await inParallel(units, (unit) => fuzzUnit(unit, units, options, hooks), hooks.signal);
  return reportOf(options, units, missing, hooks.signal?.aborted === true);
}

async function fuzzUnit(
  unit: Unit,
  units: readonly Unit[],
  options: FuzzOptions,
  hooks: FuzzHooks,
): Promise<void> {
  const { loss, target } = unit;
  let running = "";
  const progress = () =>
    hooks.onProgress?.({ loss: loss.argument, implementation: running, target, ...totalOf(units) });
  const onNews = (news: FuzzNews) => {
    if (news.kind === "state") {
      unit.state = news.state;
      progress();
    } else if (news.kind === "cured") unit.cured.push(news.cured);
    else if (!unit.findings.some(({ id }) => id === news.finding.id)) {
      // After a crash the search begins anew, without the implementation that crashed.
      unit.findings.push(news.finding);
      hooks.onFinding?.(news.finding);
    }
  };
  const { result, error, casualties } = await supervise<FuzzResult>(
    (skip) => ({ kind: "fuzz", loss, target, options, skip }),
    options.timeout,
    (implementation) => {
      running = implementation;
      progress();
    },
    hooks.signal,
    onNews as (news: unknown) => void,
  );
  unit.result = result;
  if (result) for (const warning of result.warnings) hooks.onWarning?.(warning);
  unit.errors = [
    ...casualties.map(({ implementation, message }) => ({
      loss: loss.argument,
      ...(implementation && { implementation }),
      target,
      message,
    })),
    ...(error === undefined ? [] : [{ loss: loss.argument, target, message: error }]),
    ...(result?.errors ?? []),
  ];
}

function totalOf(units: readonly Unit[]): FuzzState {
  const sum = (of: (state: FuzzState) => number) => units.reduce((total, { state }) => total + of(state), 0);
  return {
    runs: sum(({ runs }) => runs),
    points: sum(({ points }) => points),
    findings: sum(({ findings }) => findings),
    worst: Math.max(0, ...units.map(({ state }) => state.worst)),
  };
}

function reportOf(
  options: FuzzOptions,
  units: readonly Unit[],
  missing: readonly AuditError[],
  interrupted: boolean,
): FuzzReport {
  const findings = units.flatMap((unit) => unit.findings);
  findings.sort((a, b) => severityRank[b.severity] - severityRank[a.severity]);
  const errors = [...missing, ...units.flatMap((unit) => unit.errors)];
  const results = units.flatMap(({ result }) => result ?? []);
  const implementations = new Set(
    results.flatMap(({ loss, implementations }) => implementations.map((name) => `${loss}#${name}`)),
  );
  const targets = new Map<string, TargetDescription>(results.map(({ target }) => [target.name, target]));
  const { runs, points } = totalOf(units);
  return {
    schema: 1,
    command: "fuzz",
    version,
    seed: options.seed,
    targets: [...targets.values()],
    audited: {
      losses: new Set(results.map(({ loss }) => loss)).size,
      implementations: implementations.size,
      points,
    },
    runs,
    findings,
    cured: units.flatMap(({ cured }) => cured),
    unresolved: findings.filter(({ kind }) => kind === "unresolved").length,
    errors,
    warnings: [...new Set(results.flatMap(({ warnings }) => warnings))],
    interrupted,
    exitCode: exitCodeOf(options.failOn, findings, errors, points, interrupted),
  };
}

function exitCodeOf(
  failOn: Severity | "never",
  findings: readonly FuzzFinding[],
  errors: readonly AuditError[],
  points: number,
  interrupted: boolean,
): FuzzReport["exitCode"] {
  if (interrupted) return 130;
  if (errors.length > 0 || points === 0) return 2;
  const isSevere = ({ severity }: FuzzFinding) =>
    failOn !== "never" && severityRank[severity] >= severityRank[failOn];
  return findings.some(isSevere) ? 1 : 0;
}
