import { askedLosses } from "../losses/resolve.js";
import { shareOfSearch } from "../shards/share-of-search.js";
import { findTargets } from "../targets/find.js";
import { inParallel } from "../worker/pool.js";
import type { FuzzState } from "./context.js";
import { openCorpora } from "./corpus/open-corpora.js";
import { type FuzzParts, fuzzReport, totalOf } from "./fuzz-report.js";
import { entriesOf } from "./keep.js";
import type { FuzzOptions } from "./options.js";
import { ownOptions } from "./own-options.js";
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
  return fuzzReport(options, await fuzzParts(options, hooks));
}

/** The same, with nothing put together; of a shard, its share. */
export async function fuzzParts(options: FuzzOptions, hooks: FuzzHooks = {}): Promise<FuzzParts> {
  const { losses, folder, functions, only } = options;
  const given = askedLosses(losses, folder, functions).map((loss) => ({
    loss,
    own: ownOptions(options, loss.argument),
  }));
  const wanted = given.filter(({ loss }) => only?.includes(loss.argument) ?? true);
  const { byFolder, warnings } = await openCorpora(
    wanted.flatMap(({ loss, own }) => (loss.kind === "function" ? [] : own)), // of a function nothing is kept
  );
  for (const warning of warnings) hooks.onWarning?.(warning);
  const { names: targets, asked, missing } = await findTargets(options, hooks.signal);
  const all = wanted.flatMap((one) => asked.map((target) => ({ ...one, target })));
  const units = (options.shard ? shareOfSearch(all, options.shard) : all)
    .filter(({ target }) => targets.includes(target))
    .map(({ loss, own, target }) => {
      const entries = byFolder.get(own.corpus) ?? [];
      return new Unit(loss, target, own, entriesOf(entries, loss, target, own));
    });
  const onProgress = ({ loss, target, running }: Unit) => {
    const total = totalOf(units.map(({ state }) => state));
    hooks.onProgress?.({ loss: loss.argument, implementation: running, target, ...total });
  };
  await inParallel(units, (unit) => unit.run({ ...hooks, ...inOrder(units, unit, hooks), onProgress }), {
    jobs: options.jobs,
    signal: hooks.signal,
  });
  for (const unit of units) release(unit, hooks);
  return {
    losses: wanted.map(({ loss }) => loss.argument),
    targets,
    missing,
    warnings,
    parts: units.map((unit) => unit.fuzzed()),
    interrupted: hooks.signal?.aborted === true,
  };
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
