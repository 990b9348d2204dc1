import { leakErrors } from "../audit/leaks.js";
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
import { turn } from "../worker/turn.js";
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
  /** Names of all that it could be asked for. */
  names: string[];
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
  /** A failure of the corpus that could not be tried again. */
  | { kind: "passed over"; message: string }
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
  const isUserLoss = given.kind !== "catalogue";
  const prepared = async (asked: ResolvedLoss, implementations: string[], parameters?: ParameterValues) => {
    const { from } = options;
    const loss = await prepareLoss(tf, asked, {
      ...{ implementations, from, classes: 2, skip, parameters },
      onProbe: onStep,
    });
    return isUserLoss ? { ...loss, references: agreedReferences(loss, precisions) } : loss;
  };
  try {
    const loss = await prepared(given, options.implementations);
    const context: FuzzContext = {
      loss,
      target,
      options,
      precisions,
      isUserLoss,
      modelOf: (name) => loadModel(tf, name),
      onStep,
      goesOn: async () => {
        await turn();
        return !isStopped();
      },
      onState: (state) => onNews({ kind: "state", state: { ...state } }),
      onTry: (inputs) => onNews({ kind: "trying", inputs }),
      onFinding: (finding) => onNews({ kind: "finding", finding }),
    };
    const ledger = new Ledger();
    const withValues = async (parameters: ParameterValues) =>
      new Search(
        { ...context, loss: await prepared(given, options.implementations, parameters), parameters },
        ledger,
      );
    const search = new Search(context, ledger);
    for (const stored of replays) {
      const { entry, file } = stored;
      const { implementation, parameters, rtol, atol } = entry;
      const names = [implementation, ...(entry.with ?? (entry.against === undefined ? [] : [entry.against]))];
      const of = await prepared(wholeOf(given), names, parameters);
      const subject = of.subjects.find(({ name }) => name === implementation);
      const missing = names.find((name) => !of.subjects.some((one) => one.name === name));
      if (subject === undefined || missing !== undefined) {
        if (skip.includes(missing ?? implementation)) continue; // its crash is told
        onNews({ kind: "passed over", message: passedOver(file, of, missing ?? implementation) });
        continue;
      }
      if (isStopped()) break;
      const again = { ...context, loss: of, parameters, options: { ...options, rtol, atol } };
      const cured = await new Search(again, ledger).replay(stored, subject);
      if (cured) onNews({ kind: "cured", cured });
    }
    if (suspects) await search.oneByOne(suspects);
    else if (options.replay === undefined) await searchAll(search, withValues, loss, options);
    return {
      loss: loss.name,
      implementations: loss.subjects.map(({ name }) => name),
      names: loss.names,
      state: ledger.state,
      target: target.description,
      errors: [
        ...[...loss.failed, ...search.trainer.failed].map((failed) => ({
          loss: loss.name,
          target: targetName,
          ...failed,
        })),
        ...leakErrors(loss, targetName),
      ],
      warnings: [...loss.warnings, ...(search.isFull ? [stopped(given, targetName, options)] : [])],
    };
  } finally {
    await target.close();
  }
}

/** All functions of a file, or of a loss of the catalogue. */
function wholeOf(given: ResolvedLoss): ResolvedLoss {
  if (given.kind === "function") return given;
  return given.kind === "file" ? { ...given, export: undefined } : { ...given, implementation: undefined };
}

function passedOver(file: string, { failed }: AuditedLoss, name: string): string {
  const failure = failed.find(({ implementation }) => implementation === name);
  const why = failure
    ? `${name} can't be audited: ${failure.message}`
    : `there is no function ${name} any more.`;
  return `${file} is not tried again: ${why} Delete it if it is not needed.`;
}

function stopped({ argument }: ResolvedLoss, target: string, { maxFindings }: FuzzOptions): string {
  return `${argument} on ${target}: the search stopped at ${maxFindings} findings; --max-findings allows more.`;
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
