import type { LoadedConfig } from "../config/load.js";
import { checkCorpora } from "../fuzz/corpus/check-corpora.js";
import { type FuzzHooks, type FuzzProgress, fuzzParts } from "../fuzz/fuzz.js";
import type { FuzzParts } from "../fuzz/fuzz-report.js";
import type { FuzzOptions } from "../fuzz/options.js";
import { InputError } from "../inputs/input-error.js";
import type { SweepProgress } from "../sweep/options.js";
import { sweepParts } from "../sweep/sweep.js";
import { gateReport } from "./gate-report.js";
import { type GateOptions, planGate } from "./make-plan.js";
import type { GateParts } from "./outcome.js";
import type { GatePlan } from "./plan.js";
import type { GateReport } from "./report.js";

export interface GateHooks {
  /** While losses are swept. */
  onProgress?(progress: SweepProgress): void;
  /** While they are searched, after that. */
  onSearch?(progress: FuzzProgress): void;
  onWarning?(message: string): void;
  signal?: AbortSignal;
}

/**
 * Audits what a configuration says, and compares it with its baseline. On abort it resolves with what is done by then.
 * Rejects with an InputError for what can't be run; a loss that can't be audited is in `errors`.
 */
export async function gate(
  config: LoadedConfig,
  options: GateOptions = {},
  hooks: GateHooks = {},
): Promise<GateReport> {
  const plan = await planGate(config, options);
  return gateReport(plan, await gateParts(plan, hooks));
}

/** The first half: the sweep, then the search. What they give is JSON, so that another machine can put it together. */
export async function gateParts(
  { sweep, fuzz }: GatePlan,
  { onProgress, onSearch, ...hooks }: GateHooks = {},
): Promise<GateParts> {
  if (sweep === undefined) return {};
  if (fuzz !== undefined) await checkCorpora(fuzz);
  const swept = await sweepParts(sweep, { ...hooks, onProgress });
  if (fuzz === undefined || swept.interrupted) return { sweep: swept };
  return { sweep: swept, fuzz: await searched(fuzz, { ...hooks, onProgress: onSearch }) };
}

/** What keeps a search from its begin, such as a disk that is full by now, takes nothing away from the sweep before it. */
async function searched(options: FuzzOptions, hooks: FuzzHooks): Promise<FuzzParts> {
  try {
    return await fuzzParts(options, hooks);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const missing = [{ message: error.message }];
    return { losses: [], targets: [], missing, warnings: [], parts: [], interrupted: false };
  }
}
