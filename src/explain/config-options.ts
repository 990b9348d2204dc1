import { checkForm } from "../config/check.js";
import { checkFunctionTargets } from "../config/functions.js";
import { asTyped } from "../config/losses.js";
import { areFunctions, type Functions, functionLoss } from "../losses/functions.js";
import { isFileName, splitSelection } from "../losses/resolve.js";
import { sweepDefaults as defaults } from "../sweep/defaults.js";
import type { ExplainConfig } from "./config.js";
import { entryOptions, isEntry } from "./entry-options.js";
import type { ExplainOptions } from "./options.js";
import { explainSchema } from "./schema.js";
import { sourceOf } from "./source.js";

/** One that names its loss. */
export type NamedConfig = Omit<ExplainConfig, "loss" | "with"> & { loss: string; with?: string[] };

/**
 * What `explain` does with its options, in which paths are relative to the folder. Throws an InputError with each of
 * their faults.
 */
export async function explainOptionsOf(
  given: ExplainConfig,
  folder: string,
): Promise<ExplainOptions & { timeout: number }> {
  const { config, functions } = withoutFunctions(given);
  const { loss, timeout = defaults.timeout, ...options } = checked(config);
  if (!functions && isEntry(loss)) {
    return { ...(await entryOptions(asTyped(loss, folder), Object.keys(options))), timeout };
  }
  const { target = "cpu", from = defaults.from, rtol = defaults.rtol, atol = defaults.atol } = options;
  if (functions) checkFunctionTargets([target]);
  return {
    timeout,
    loss: functions ? loss : lossAsTyped(loss, folder),
    ...(functions && { functions: { [loss]: functions } }),
    comparedWith: options.with ?? [],
    source: sourceOf(options, folder),
    ...{ target, from, rtol, atol },
    ...(options.parameters && { parameters: options.parameters }),
  };
}

/** Functions are no data: they are known by their name. */
function withoutFunctions(given: ExplainConfig) {
  const { loss, with: others } = Object(given) as ExplainConfig;
  if (!areFunctions(loss)) return { config: given };
  const places = { loss: "loss", with: "with" };
  const { name, ...functions } = functionLoss(loss, others as Functions | undefined, places);
  return { config: { ...given, loss: name, with: undefined }, functions };
}

function checked(config: unknown): NamedConfig {
  const keys = Object.keys(explainSchema.shape);
  return checkForm(config, "The options of explain", {
    schema: explainSchema,
    keysAt: () => keys,
    elsewhere: () => "",
  }) as NamedConfig;
}

function lossAsTyped(loss: string, folder: string): string {
  const [name, selected] = splitSelection(loss);
  if (!isFileName(name)) return loss;
  return asTyped(name, folder) + (selected === undefined ? "" : `#${selected}`);
}
