import { prepareLoss } from "../audit/prepare.js";
import { agreedReferences } from "../audit/references.js";
import type { AuditedLoss } from "../audit/subject.js";
import { Random } from "../inputs/random.js";
import type { ParameterValues } from "../losses/parameters.js";
import type { ResolvedLoss } from "../losses/resolve.js";
import { loadPrecisions } from "../oracle/oracle.js";
import type { AuditError, TargetDescription } from "../report/report.js";
import { loadTarget } from "../targets/targets.js";
import { loadTfjs } from "../targets/tfjs.js";
import type { Case } from "./case.js";
import type { FuzzContext, FuzzState } from "./context.js";
import type { StoredEntry } from "./corpus/entry.js";
import { Ledger } from "./ledger.js";
import type { FuzzOptions } from "./options.js";
import { parameterSets } from "./parameter-sets.js";
import type { Cured, FuzzFinding } from "./report.js";
import { Search } from "./search.js";
import { checkModelTarget, loadModel } from "./training/load-model.js";

/** What the fuzzing of one loss on one target gave, apart from its findings, which are told one by one. */
export interface FuzzResult {
  loss: string;
  /** Those that were audited. */
  implementations: string[];
  state: FuzzState;
  target: TargetDescription;
  errors: AuditError[];
  warnings: string[];
}

/** What the search tells as soon as it knows it. */
export type FuzzNews =
  | { kind: "state"; state: FuzzState }
  | { kind: "finding"; finding: FuzzFinding }
  | { kind: "cured"; cured: Cured }
  | { kind: "trying"; inputs: readonly Case[] };

/** What a process is given to fuzz. */
export interface FuzzJob {
  loss: ResolvedLoss;
  target: string;
  options: FuzzOptions;
  /** Failures that are tried again before the search. */
  replays: readonly StoredEntry[];
  /** Inputs that are tried one by one in place of a search, since one of them has ended a process. */
  suspects?: readonly Case[];
  /** Names of implementations that brought an earlier process down. */
  skip: readonly string[];
}

export interface FuzzHooks {
  /** Called before each step of user code. */
  onStep(implementation: string): void;
  onNews(news: FuzzNews): void;
  /** Whether to end with what there is. Asked between steps, after messages were let in. */
  isStopped(): boolean;
}

/** Fuzzes one loss on one target. */
export async function fuzzLoss(
  { loss: given, target: targetName, options, replays, suspects, skip }: FuzzJob,
  { onStep, onNews, isStopped }: FuzzHooks,
): Promise<FuzzResult> {
  const precisions = await loadPrecisions();
  const tf = await loadTfjs();
  if (options.train !== undefined) checkModelTarget(targetName);
  const target = await loadTarget(targetName, { loss: given, from: options.from });
  const prepared = async (parameters?: ParameterValues): Promise<AuditedLoss> => {
    const { from } = options;
    const loss = await prepareLoss(tf, given, {
      ...{ implementations: [], from, classes: 2, skip, parameters },
      onProbe: onStep,
    });
    return given.kind === "file" ? { ...loss, references: agreedReferences(loss, precisions) } : loss;
  };
  try {
    const loss = await prepared();
    const context: FuzzContext = {
      loss,
      target,
      options,
      precisions,
      modelOf: (name) => loadModel(tf, name),
      onStep,
      goesOn: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return !isStopped();
      },
      onState: (state) => onNews({ kind: "state", state: { ...state } }),
      onTry: (inputs) => onNews({ kind: "trying", inputs }),
      onFinding: (finding) => onNews({ kind: "finding", finding }),
    };
    const ledger = new Ledger();
    const withValues = async (parameters: ParameterValues) =>
      new Search({ ...context, loss: await prepared(parameters), parameters }, ledger);
    const search = new Search(context, ledger);
    for (const replay of replays) {
      const { parameters } = replay.entry;
      const cured = await (parameters ? await withValues(parameters) : search).replay(replay);
      if (cured) onNews({ kind: "cured", cured });
    }
    if (suspects) await search.oneByOne(suspects);
    else if (options.replay === undefined) await searchAll(search, withValues, loss, options);
    return {
      loss: loss.name,
      implementations: loss.subjects.map(({ name }) => name),
      state: ledger.state,
      target: target.description,
      errors: [...loss.failed, ...search.trainer.failed].map((failed) => ({
        loss: loss.name,
        target: targetName,
        ...failed,
      })),
      warnings: loss.warnings,
    };
  } finally {
    await target.close();
  }
}

/** Of the budget, what goes into values of the parameters other than the defaults. */
const OTHER_VALUES = 0.25;

async function searchAll(
  search: Search,
  withValues: (parameters: ParameterValues) => Promise<Search>,
  { subjects }: AuditedLoss,
  { runs, time, seed }: FuzzOptions,
): Promise<void> {
  const sets = parameterSets(subjects, new Random(seed));
  const total = runs ?? (time === undefined ? search.defaultRuns : Number.MAX_SAFE_INTEGER);
  const share = sets.length === 0 ? 0 : OTHER_VALUES / sets.length;
  const each = Math.floor(total * share);
  const seconds = (fraction: number) => (time === undefined ? {} : { seconds: time * fraction });
  await search.run({ runs: total - each * sets.length, ...seconds(1 - share * sets.length) });
  for (const set of sets) await (await withValues(set)).run({ runs: each, ...seconds(share) });
}
