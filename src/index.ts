import type { Config } from "./config/config.js";
import type { FuzzHooks } from "./fuzz/fuzz.js";
import type { FuzzReport } from "./fuzz/report.js";
import type { AuditReport } from "./report/report.js";
import type { Shard } from "./sweep/options.js";
import type { SweepHooks } from "./sweep/sweep.js";

export {
  type Config,
  defineConfig,
  type FuzzConfig,
  type Ignore,
  type LossConfig,
  type LossOptions,
} from "./config/config.js";
export { type LoadedConfig, loadConfig } from "./config/load.js";

/** Where and how much of a configuration is run. */
export interface RunOptions {
  /** Absolute: what the paths of the configuration are relative to. Default: the working folder. */
  folder?: string;
  /** The part of the work that is done here, of `of` parts, counted from 1. */
  shard?: Shard;
  /** Whether the report holds what plots are drawn from. */
  plots?: boolean;
}

/**
 * Sweeps losses over logits, as `audit sweep`. Prints nothing; on abort it resolves with what is done by then.
 * Rejects with an InputError for a configuration that can't be run; a loss that can't be audited is in `errors`.
 */
export async function sweep(
  config: Config = {},
  options: RunOptions & SweepHooks = {},
): Promise<AuditReport> {
  const { folder = process.cwd(), shard, plots, ...hooks } = options;
  const { checkConfig } = await import("./config/check.js");
  const { sweepOptionsOf } = await import("./config/options.js");
  const checked = sweepOptionsOf(checkConfig(config, "The configuration"), folder);
  const { sweep } = await import("./sweep/sweep.js");
  return sweep({ ...checked, ...(shard && { shard }), ...(plots && { plots }) }, hooks);
}

/** Searches for inputs at which losses fail, as `audit fuzz`. What holds for `sweep` holds here. */
export async function fuzz(
  config: Config = {},
  options: Omit<RunOptions, "plots"> & FuzzHooks = {},
): Promise<FuzzReport> {
  const { folder = process.cwd(), shard, ...hooks } = options;
  const { checkConfig } = await import("./config/check.js");
  const { fuzzOptionsOf } = await import("./config/options.js");
  const checked = fuzzOptionsOf(checkConfig(config, "The configuration"), folder);
  const { fuzz } = await import("./fuzz/fuzz.js");
  return fuzz({ ...checked, ...(shard && { shard }) }, hooks);
}
