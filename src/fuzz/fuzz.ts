import { severityRank } from "../judge/finding.js";
import { catalogueNames } from "../losses/names.js";
import { type ResolvedLoss, resolveLosses } from "../losses/resolve.js";
import { messageOf } from "../message-of.js";
import type { AuditError, TargetDescription } from "../report/report.js";
import { findTargets } from "../targets/find.js";
import { version } from "../version.js";
import { inParallel } from "../worker/pool.js";
import { supervise } from "../worker/supervise.js";
import type { FuzzState } from "./context.js";
import { checkWritable } from "./corpus/check-writable.js";
import type { StoredEntry } from "./corpus/entry.js";
import { type Corpus, readCorpus } from "./corpus/read-corpus.js";
import type { FuzzNews, FuzzResult } from "./fuzz-loss.js";
import { entriesOf, keep } from "./keep.js";
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
  /** Failures of it that are tried again. */
  replays: StoredEntry[];
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
  const { entries, warnings } = await openCorpus(options);
  for (const warning of warnings) hooks.onWarning?.(warning);
  const { names, missing } = await findTargets(options.targets, options.timeout, hooks.signal);
  const units = given.flatMap((loss) =>
    names.map((target): Unit => {
      const state = { runs: 0, points: 0, findings: 0, worst: 0 };
      const replays = entriesOf(entries, loss, target, options);
      return { loss, target, replays, state, findings: [], cured: [], errors: [] };
    }),
  );
  await inParallel(units, (unit) => fuzzUnit(unit, units, options, hooks), hooks.signal);
  return reportOf(options, units, warnings, missing, hooks.signal?.aborted === true);
}

async function fuzzUnit(
  unit: Unit,
  units: readonly Unit[],
  options: FuzzOptions,
  hooks: FuzzHooks,
): Promise<void> {
  const { loss, target } = unit;
  let running = "";
  let kept: Promise<void> = Promise.resolve();
  const progress = () =>
    hooks.onProgress?.({ loss: loss.argument, implementation: running, target, ...totalOf(units) });
  const onNews = (news: FuzzNews) => {
    if (news.kind === "state") {
      unit.state = news.state;
      progress();
    } else if (news.kind === "cured") {
      if (!unit.cured.some(({ id }) => id === news.cured.id)) unit.cured.push(news.cured);
    } else kept = kept.then(() => found(news.finding));
  };
  const found = async (finding: FuzzFinding) => {
    // After a crash the search begins anew, without the implementation that crashed.
    if (unit.findings.some(({ id }) => id === finding.id)) return;
    let stored = finding;
    try {
      stored = await keep(finding, loss, options);
    } catch (error) {
      unit.errors.push({ loss: loss.argument, target, message: messageOf(error) });
    }
    unit.findings.push(stored);
    hooks.onFinding?.(stored);
  };
  const { result, error, casualties } = await supervise<FuzzResult>(
    (skip) => ({ kind: "fuzz", loss, target, options, replays: unit.replays, skip }),
    options.timeout,
    (implementation) => {
      running = implementation;
      progress();
    },
    hooks.signal,
    onNews as (news: unknown) => void,
  );
  await kept;
  unit.result = result;
  if (result) for (const warning of result.warnings) hooks.onWarning?.(warning);
  unit.errors.push(
    ...casualties.map(({ implementation, message }) => ({
      loss: loss.argument,
      ...(implementation && { implementation }),
      target,
      message,
    })),
    ...(error === undefined ? [] : [{ loss: loss.argument, target, message: error }]),
    ...(result?.errors ?? []),
  );
}

/** The failures to be tried again; throws where the new ones could not be kept. */
async function openCorpus({ corpus, replay }: FuzzOptions): Promise<Corpus> {
  if (replay) return { entries: [replay], warnings: [] };
  await checkWritable(corpus);
  return readCorpus(corpus);
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
  corpusWarnings: readonly string[],
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
    warnings: [...new Set([...corpusWarnings, ...results.flatMap(({ warnings }) => warnings)])],
    interrupted,
    exitCode: exitCodeOf(options, findings, errors, points, interrupted),
  };
}

function exitCodeOf(
  { failOn, replay }: FuzzOptions,
  findings: readonly FuzzFinding[],
  errors: readonly AuditError[],
  points: number,
  interrupted: boolean,
): FuzzReport["exitCode"] {
  if (interrupted) return 130;
  if (errors.length > 0 || (points === 0 && replay === undefined)) return 2;
  const isSevere = ({ severity }: FuzzFinding) =>
    failOn !== "never" && severityRank[severity] >= severityRank[failOn];
  return findings.some(isSevere) ? 1 : 0;
}
