import { existsSync } from "node:fs";
import type { Config } from "../config/config.js";
import type { GateOptions } from "../gate/make-plan.js";
import { InputError } from "../inputs/input-error.js";
import { catalogueNames } from "../losses/names.js";
import { splitSelection } from "../losses/resolve.js";
import { searchConfig } from "./fuzz-options.js";
import { type CommonFlags, commonConfig, path } from "./sweep-options.js";
import { typedPath } from "./typed-path.js";

/** The flags of `audit gate` as typed. */
export interface GateFlags extends Omit<CommonFlags, "from" | "rtol" | "atol"> {
  baseline?: string;
  update: boolean;
  prune: boolean;
  changed?: string;
  runs?: string;
  time?: string;
}

/** What the flags say, as a configuration would. A budget turns the search on. Refuses what makes no sense. */
export function gateConfig({ baseline, runs, time, seed, ...common }: GateFlags): Config {
  const fuzz = searchConfig({ runs, time });
  return {
    ...commonConfig(common),
    ...(baseline !== undefined && { baseline: path("baseline", baseline, "the path of a file") }),
    ...(Object.keys(fuzz).length > 0 && { fuzz }),
  };
}

/** What they say beside it. */
export function gateOptions(losses: readonly string[], flags: GateFlags): GateOptions {
  const base = flags.changed === "" ? losses.find((loss) => !isLoss(loss)) : undefined;
  if (base !== undefined) {
    throw new InputError(
      `${base} is no loss. If losses that have changed since ${base} are meant, write --changed=${base}.`,
    );
  }
  const { targets, seed } = commonConfig(flags);
  return {
    losses,
    ...(targets !== undefined && { targets: [targets].flat() }),
    ...(seed !== undefined && { seed }),
    ...(flags.changed !== undefined && { changed: flags.changed }),
    update: flags.update,
    prune: flags.prune,
  };
}

/** Whether a word may name a loss: one of the catalogue, or a file. */
function isLoss(word: string): boolean {
  const [name] = splitSelection(word);
  return catalogueNames.has(name) || existsSync(typedPath(name));
}
