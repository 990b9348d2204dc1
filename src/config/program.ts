import type { FuzzOptions } from "../fuzz/options.js";
import { replayOptionsOf } from "../fuzz/replay-options.js";
import { InputError } from "../inputs/input-error.js";
import { checkImplementations } from "../losses/check-implementations.js";
import type { SweepOptions } from "../sweep/options.js";
import { checkConfig } from "./check.js";
import type { Config } from "./config.js";
import { checkFunctionTargets, type ProgramConfig, withoutFunctions } from "./functions.js";
import { fuzzOptionsOf, sweepOptionsOf } from "./options.js";

/** What a program asks `sweep` for, whose losses may be functions. Throws an InputError for what can't be. */
export function sweepOptionsOfProgram(given: ProgramConfig, folder: string): SweepOptions {
  const options = optionsOf(given, (config) => sweepOptionsOf(config, folder));
  checkImplementations(options);
  return options;
}

/** What it asks `fuzz` for. */
export function fuzzOptionsOfProgram(given: ProgramConfig, folder: string): FuzzOptions {
  const options = optionsOf(given, (config) => fuzzOptionsOf(config, folder));
  checkImplementations(options);
  const isTrained = options.train ?? Object.values(options.own ?? {}).find(({ train }) => train)?.train;
  if (options.functions && isTrained !== undefined) {
    throw new InputError(
      `fuzz.train is ${isTrained}, but a model trains losses of files only. Leave it out, or give the loss as FILE#EXPORT.`,
    );
  }
  return options;
}

/** How it has one failure of the corpus tried again, by its file or its id. */
export function replayOptionsOfProgram(
  fileOrId: string,
  given: ProgramConfig,
  folder: string,
): Promise<FuzzOptions> {
  const { config } = withoutFunctions(given);
  return replayOptionsOf(fileOrId, checkConfig(config, "The configuration"), folder);
}

function optionsOf<Options extends Pick<SweepOptions, "targets" | "functions">>(
  given: ProgramConfig,
  options: (config: Config) => Options,
): Options {
  const { config, functions } = withoutFunctions(given);
  const asked = options(checkConfig(config, "The configuration"));
  if (Object.keys(functions).length === 0) return asked;
  checkFunctionTargets(asked.targets);
  return { ...asked, functions };
}
