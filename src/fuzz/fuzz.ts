import { severityRank } from "../judge/finding.js";
import { askedLosses } from "../losses/resolve.js";
import { exitCodeOf } from "../report/exit-code.js";
import type { AuditError, TargetDescription } from "../report/report.js";
import { findTargets } from "../targets/find.js";
import { version } from "../version.js";
import { inParallel } from "../worker/pool.js";
import type { FuzzState } from "./context.js";
import { checkWritable } from "./corpus/check-writable.js";
import { type Corpus, readCorpus } from "./corpus/read-corpus.js";
import { entriesOf } from "./keep.js";
import type { FuzzOptions } from "./options.js";
import type { FuzzFinding, FuzzReport } from "./report.js";
import { Unit } from "./unit.js";

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

/**
 * Searches for inputs at which losses fail on real targets. Each loss runs on each target in a process of its own, as
 * many at once as there are processors. On abort it returns what was found by then.
 */
export async function fuzz(options: FuzzOptions, hooks: FuzzHooks = {}): Promise<FuzzReport> {
  const given = askedLosses(options.losses);
  const { entries, warnings } = await openCorpus(options);
  for (const warning of warnings) hooks.onWarning?.(warning);
  const { names, missing } = await findTargets(options.targets, options.timeout, hooks.signal);
  const units = given.flatMap((loss) =>
    names.map((target) => new Unit(loss, target, options, entriesOf(entries, loss, target, options))),
  );
  const onProgress = ({ loss, target, running }: Unit) =>
    hooks.onProgress?.({ loss: loss.argument, implementation: running, target, ...totalOf(units) });
  await inParallel(
    units,
    (unit) => unit.run({ ...hooks, ...inOrder(units, unit, hooks), onProgress }),
    hooks.signal,
  );
  for (const unit of units) release(unit, hooks);
  return reportOf(options, units, warnings, missing, hooks.signal?.aborted === true);
}

/** Findings are told in the order of the units, whichever is done first. */
function inOrder(units: readonly Unit[], unit: Unit, hooks: FuzzHooks): Pick<FuzzHooks, "onFinding"> {
  const isFirst = () => units.slice(0, units.indexOf(unit)).every(({ isDone }) => isDone);
  return {
    onFinding: () => {
      if (!isFirst()) return;
      for (const one of units.slice(0, units.indexOf(unit) + 1)) release(one, hooks);
    },
  };
}

/** Tells of those findings of a unit that were not told of yet. */
function release(unit: Unit, { onFinding }: FuzzHooks): void {
  for (; unit.told < unit.findings.length; unit.told++) onFinding?.(unit.findings[unit.told]);
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
    warnings: [...new Set([...corpusWarnings, ...units.flatMap((unit) => unit.warnings)])],
    interrupted,
    exitCode: exitCodeOf(options.failOn, {
      ...{ findings, errors: errors.length, interrupted },
      isAudited: points > 0 || options.replay !== undefined,
    }),
  };
}
