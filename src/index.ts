/**
 * The programming interface. Nothing here prints, ends the process or changes its exit code, and all of it may run
 * several times at once. Only what is called is loaded: a configuration that imports `defineConfig` loads nothing else.
 */
import { resolve } from "node:path";
import type { Config } from "./config/config.js";
import type { ProgramConfig } from "./config/functions.js";
import type { LoadedConfig } from "./config/load.js";
import type { ExplainConfig } from "./explain/config.js";
import type { ExplainHooks } from "./explain/explain-apart.js";
import type { ExplainReport } from "./explain/report.js";
import type { FuzzHooks } from "./fuzz/fuzz.js";
import type { FuzzReport } from "./fuzz/report.js";
import type { GateHooks } from "./gate/gate.js";
import type { GateOptions } from "./gate/make-plan.js";
import type { GateReport } from "./gate/report.js";
import { listen } from "./listen.js";
import type { AnyReport } from "./report/any-report.js";
import type { AuditReport } from "./report/report.js";
import type { Format } from "./report/report-request.js";
import type { MergedRun, MergeHooks } from "./shards/merged-report.js";
import type { ShardOptions } from "./shards/one-shard.js";
import type { ShardReport } from "./shards/shard-report.js";
import type { ShardedCommand } from "./shards/work.js";
import type { SweepHooks } from "./sweep/sweep.js";

export {
  type Config,
  defineConfig,
  type FuzzConfig,
  type Ignore,
  type LossConfig,
  type LossOptions,
} from "./config/config.js";
export type { FunctionConfig, ProgramConfig } from "./config/functions.js";
export type { LoadedConfig } from "./config/load.js";
export type { ExplainConfig } from "./explain/config.js";
export type { ExplainHooks, ExplainProgress } from "./explain/explain-apart.js";
export type { ExplainedPoint, ExplainReport } from "./explain/report.js";
export type { FuzzHooks, FuzzProgress } from "./fuzz/fuzz.js";
export type { FuzzFinding, FuzzReport } from "./fuzz/report.js";
export type { GateHooks } from "./gate/gate.js";
export type { GateOptions } from "./gate/make-plan.js";
export type { GateFinding, GateReport } from "./gate/report.js";
export { InputError } from "./inputs/input-error.js";
export type { Finding, Float, JsonNumber, Kind, Quantity, Severity } from "./judge/finding.js";
export type { Functions } from "./losses/functions.js";
export type { LossFunction } from "./losses/loss.js";
export type { AnyReport } from "./report/any-report.js";
export type { AuditError, AuditReport, LossSummary, TargetDescription } from "./report/report.js";
export type { Format } from "./report/report-request.js";
export type { MergedRun, MergeHooks } from "./shards/merged-report.js";
export type { ShardOptions } from "./shards/one-shard.js";
export type { ShardReport } from "./shards/shard-report.js";
export type { ShardedCommand } from "./shards/work.js";
export type { Shard, SweepProgress } from "./sweep/options.js";
export type { SweepHooks } from "./sweep/sweep.js";

/**
 * The configuration in a file, or else the nearest one from the working folder upwards; an empty one where there is
 * none. Its code, if it is code, runs in this process. Rejects with an InputError with what is wrong in it.
 */
export async function loadConfig(path?: string): Promise<LoadedConfig> {
  const { loadConfig } = await import("./config/load.js");
  return loadConfig(path);
}

/** What the paths of a configuration are relative to. */
export interface FolderOption {
  /** Default: the working folder. */
  folder?: string;
}

export interface SweepRunOptions extends FolderOption, SweepHooks {
  /** Whether the report holds what plots are drawn from, for `render("html", …)`. */
  plots?: boolean;
}

/**
 * Sweeps losses over logits, as `audit sweep`. On abort it resolves with what is done by then, and `interrupted` is true.
 * Rejects with an InputError for a configuration that can't be run; a loss that can't be audited is in `errors`.
 *
 * Files run in processes of their own, functions in this one.
 */
export async function sweep(config: ProgramConfig = {}, options: SweepRunOptions = {}): Promise<AuditReport> {
  const { folder = ".", plots, ...hooks } = options;
  const { sweepOptionsOfProgram } = await import("./config/program.js");
  const checked = sweepOptionsOfProgram(config, resolve(folder));
  const { sweep } = await import("./sweep/sweep.js");
  const asked = { ...checked, ...(plots && { plots }) };
  return listen<SweepHooks, AuditReport>(hooks, (guarded) => sweep(asked, guarded));
}

export interface FuzzRunOptions extends FolderOption, FuzzHooks {
  /** One failure of the corpus, by its file or its id, that is tried again in the place of a search. */
  replay?: string;
}

/** Searches for inputs at which losses fail, as `audit fuzz`. What holds for `sweep` holds here. */
export async function fuzz(config: ProgramConfig = {}, options: FuzzRunOptions = {}): Promise<FuzzReport> {
  const { folder = ".", replay, ...hooks } = options;
  const { fuzzOptionsOfProgram, replayOptionsOfProgram } = await import("./config/program.js");
  const checked =
    replay === undefined
      ? fuzzOptionsOfProgram(config, resolve(folder))
      : await replayOptionsOfProgram(replay, config, resolve(folder));
  const { fuzz } = await import("./fuzz/fuzz.js");
  return listen<FuzzHooks, FuzzReport>(hooks, (guarded) => fuzz(checked, guarded));
}

export interface GateRunOptions extends FolderOption, GateOptions, GateHooks {
  /** The file of the configuration, as messages name it. */
  file?: string;
}

/**
 * Audits what a configuration says and compares it with its baseline, as `audit gate`. What holds for `sweep` holds
 * here, but that losses are files or of the catalogue: a baseline is compared by other processes, too.
 */
export async function gate(config: Config = {}, options: GateRunOptions = {}): Promise<GateReport> {
  const { folder, file, onProgress, onSearch, onWarning, signal, ...asked } = options;
  const loaded = await checkedConfig(config, { folder, file });
  const { gate } = await import("./gate/gate.js");
  const hooks = { onProgress, onSearch, onWarning, signal };
  return listen<GateHooks, GateReport>(hooks, (guarded) => gate(loaded, asked, guarded));
}

export interface ShardRunOptions extends FolderOption, ShardOptions, GateHooks {
  /** The file of the configuration, as messages name it. */
  file?: string;
}

/**
 * Does one shard of a sweep, a search or a gate and writes its blob, as `--shard` and `--blob`. How far a search is says
 * `onSearch`.
 */
export async function runShard(
  command: ShardedCommand,
  config: Config,
  options: ShardRunOptions,
): Promise<ShardReport> {
  const { folder, file, onProgress, onSearch, onWarning, signal, ...asked } = options;
  const loaded = await checkedConfig(config, { folder, file });
  const { oneShard } = await import("./shards/one-shard.js");
  const hooks = { onProgress, onSearch, onWarning, signal };
  return listen<GateHooks, ShardReport>(hooks, (guarded) => oneShard(command, loaded, asked, guarded));
}

async function checkedConfig(
  config: Config,
  { folder = ".", file }: FolderOption & { file?: string },
): Promise<LoadedConfig> {
  const { checkConfig } = await import("./config/check.js");
  const checked = checkConfig(config, file ?? "The configuration");
  return { config: checked, folder: resolve(folder), ...(file !== undefined && { file }) };
}

export interface MergeOptions extends MergeHooks {
  /** Whether the report holds what plots are drawn from. */
  plots?: boolean;
}

/**
 * What one run would have given, of the blobs of all its shards, as `audit merge`. The hooks are told in the order of
 * one run. Rejects with an InputError for files that are not all the shards of one run.
 */
export async function merge(
  files: readonly string[],
  { plots = false, ...hooks }: MergeOptions = {},
): Promise<MergedRun> {
  const { mergedReport } = await import("./shards/merged-report.js");
  return mergedReport(files, plots, hooks);
}

export interface ExplainRunOptions extends FolderOption, ExplainHooks {}

/**
 * Takes points of a loss apart, as `audit explain`. On abort it resolves with what is done by then. Rejects with an
 * InputError when nothing can be explained; an implementation that can't be is in `errors`.
 */
export async function explain(
  config: ExplainConfig,
  options: ExplainRunOptions = {},
): Promise<ExplainReport> {
  const { folder = ".", ...hooks } = options;
  const { explainOptionsOf } = await import("./explain/config-options.js");
  const { timeout, ...checked } = await explainOptionsOf(config, resolve(folder));
  const { explainApart } = await import("./explain/explain-apart.js");
  return listen<ExplainHooks, ExplainReport>(hooks, (guarded) => explainApart(checked, timeout, guarded));
}

/**
 * The text of a report in a format of `--report`; of `github` it is the step summary. SARIF names files from the
 * repository that the folder lies in. Rejects with an InputError for a format that is not known.
 */
export async function render(
  format: Format,
  report: AnyReport,
  { folder }: FolderOption = {},
): Promise<string> {
  const { checkFormat } = await import("./report/report-request.js");
  checkFormat(format);
  const { render } = await import("./report/render.js");
  return render(format, report, folder);
}
