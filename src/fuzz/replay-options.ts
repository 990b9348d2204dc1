import type { Config } from "../config/config.js";
import { fuzzOptionsOf } from "../config/options.js";
import { InputError } from "../inputs/input-error.js";
import { targetNames } from "../targets/names.js";
import { readEntry } from "./corpus/read-entry.js";
import type { FuzzOptions } from "./options.js";

/**
 * How one failure of the corpus is tried again: most of it says the failure itself; a configuration says where the
 * corpus is, and how long to wait. Throws an InputError for a failure that is not there.
 */
export async function replayOptionsOf(
  fileOrId: string,
  { timeout, severities, "fail-on": failOn, fuzz }: Config,
  folder: string,
): Promise<FuzzOptions> {
  const corpus = typeof fuzz === "object" ? fuzz.corpus : undefined;
  const kept: Config = { seed: 0, timeout, severities, "fail-on": failOn, fuzz: { corpus } };
  const options = fuzzOptionsOf(kept, folder);
  const stored = await readEntry(fileOrId, options.corpus);
  const { loss, implementation, target, from, rtol, atol } = stored.entry;
  if (!targetNames.includes(target)) {
    throw new InputError(
      `${stored.file}: its target is "${target}", but must be one of ${targetNames.join(", ")}. Correct it or delete it.`,
    );
  }
  return {
    ...options,
    losses: [`${loss}#${implementation}`],
    targets: [target],
    ...{ from, rtol, atol },
    replay: stored,
  };
}
