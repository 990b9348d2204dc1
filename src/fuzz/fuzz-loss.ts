import { prepareLoss } from "../audit/prepare.js";
import { agreedReferences } from "../audit/references.js";
import type { ResolvedLoss } from "../losses/resolve.js";
import { loadPrecisions } from "../oracle/oracle.js";
import type { AuditError, TargetDescription } from "../report/report.js";
import { loadTarget } from "../targets/targets.js";
import { loadTfjs } from "../targets/tfjs.js";
import type { Case } from "./case.js";
import type { FuzzContext, FuzzState } from "./context.js";
import type { StoredEntry } from "./corpus/entry.js";
import type { FuzzOptions } from "./options.js";
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
  const modelName = options.replay?.entry.training?.model ?? options.train;
  if (modelName !== undefined) checkModelTarget(targetName);
  const target = await loadTarget(targetName, { loss: given, from: options.from });
  try {
    const loss = await prepareLoss(await loadTfjs(), given, {
      implementations: [],
      from: options.from,
      classes: 2,
      skip,
      onProbe: onStep,
    });
    const references = given.kind === "file" ? agreedReferences(loss, precisions) : loss.references;
    const context: FuzzContext = {
      loss: { ...loss, references },
      target,
      options,
      precisions,
      model: modelName === undefined ? undefined : await loadModel(await loadTfjs(), modelName),
      onStep,
      goesOn: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return !isStopped();
      },
      onState: (state) => onNews({ kind: "state", state: { ...state } }),
      onTry: (inputs) => onNews({ kind: "trying", inputs }),
      onFinding: (finding) => onNews({ kind: "finding", finding }),
    };
    const search = new Search(context);
    for (const cured of await search.replay(replays)) onNews({ kind: "cured", cured });
    if (suspects) await search.oneByOne(suspects);
    else if (options.replay === undefined) await search.run();
    return {
      loss: loss.name,
      implementations: loss.subjects.map(({ name }) => name),
      state: search.state,
      target: target.description,
      errors: [...loss.failed, ...search.failed].map((failed) => ({
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
