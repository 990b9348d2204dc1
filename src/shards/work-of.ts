import type { LoadedConfig } from "../config/load.js";
import { fuzzOptionsOf, sweepOptionsOf } from "../config/options.js";
import { type GateOptions, planGate } from "../gate/make-plan.js";
import { InputError } from "../inputs/input-error.js";
import { checkImplementations } from "../losses/check-implementations.js";
import type { ShardedCommand, Work } from "./work.js";

/** What all shards of a command together do with a configuration. Throws an InputError for what can't be. */
export async function workOf(
  command: ShardedCommand,
  loaded: LoadedConfig,
  options: GateOptions = {},
): Promise<Work> {
  const { config, folder } = loaded;
  if (command === "gate") {
    const plan = await planGate(loaded, options);
    const { sweep, fuzz } = plan;
    return { command, plan, ...(sweep && { sweep }), ...(fuzz && { fuzz }) };
  }
  if (command === "sweep") {
    const sweep = sweepOptionsOf(config, folder);
    checkImplementations(sweep);
    return { command, sweep };
  }
  const own = typeof config.fuzz === "object" ? config.fuzz.seed : undefined;
  if ((own ?? config.seed) === undefined) {
    throw new InputError(
      "A search in shards needs a seed, the same for all of them: without one each would draw its own. Give seed N.",
    );
  }
  const fuzz = fuzzOptionsOf(config, folder);
  checkImplementations(fuzz);
  return { command, fuzz };
}
