import type { Config } from "../config/config.js";
import { configuredLosses } from "../config/losses.js";
import { fuzzOptionsOf, sweepOptionsOf } from "../config/options.js";
import type { FuzzOptions } from "../fuzz/options.js";
import { InputError } from "../inputs/input-error.js";
import type { SweepOptions } from "../sweep/options.js";
import { type AskedLoss, askedOf } from "./restrict.js";

/** What a gate runs, and which losses of it are asked for; undefined: all. */
export interface RunOptions {
  sweep: SweepOptions;
  fuzz?: FuzzOptions;
  asked?: AskedLoss[];
}

interface Wishes {
  losses?: readonly string[];
  seed?: number;
  plots?: boolean;
}

/**
 * The options of the sweep and of the search, which those losses have for which it is configured. The seed is fixed:
 * what a gate finds must not depend on chance. Throws an InputError where there is nothing to do.
 */
export function runOptions(
  config: Config,
  folder: string,
  file: string | undefined,
  wishes: Wishes,
): RunOptions {
  const { losses: wanted = [], seed, plots } = wishes;
  const configured = configuredLosses(config.losses ?? [], folder);
  const losses = configured.length > 0 ? configured.map(({ argument }) => argument) : [...wanted];
  if (losses.length === 0) {
    throw new InputError(
      `There is nothing to audit${file ? `: ${file} has no losses` : ""}. Name losses, or list them in a configuration: audit init writes one.`,
    );
  }
  const asked = wanted.length > 0 ? askedOf(losses, wanted) : undefined;
  const only = asked ? [...new Set(asked.map(({ argument }) => argument))] : losses;
  const isSearched = (argument: string) => {
    const own = configured.find((loss) => loss.argument === argument)?.own;
    return (own?.fuzz ?? config.fuzz ?? false) !== false;
  };
  const searched = only.filter(isSearched);
  const seeded = { ...config, seed: config.seed ?? 0 };
  const sweep: SweepOptions = {
    ...withSeed(sweepOptionsOf(seeded, folder), seed),
    losses,
    only,
    ...(plots && { plots }),
  };
  if (searched.length === 0) return { sweep: budgeted(sweep), ...(asked && { asked }) };
  const fuzz: FuzzOptions = { ...withSeed(fuzzOptionsOf(seeded, folder), seed), losses, only: searched };
  return { sweep: budgeted(sweep), fuzz: budgeted(fuzz), ...(asked && { asked }) };
}

type Own<T> = T & { own?: Readonly<Record<string, Partial<T>>> };

function withSeed<T extends { seed: number }>(options: Own<T>, seed: number | undefined): Own<T> {
  if (seed === undefined) return options;
  const own = Object.entries(options.own ?? {}).map(([argument, one]) => [argument, { ...one, seed }]);
  return { ...options, seed, ...(options.own && { own: Object.fromEntries(own) }) };
}

const EXAMPLES = {
  points: "a number of logits, such as 2001",
  runs: "a number of inputs, such as 10000",
  time: "seconds, such as 60",
};

/** What tries nothing would look like losses without fault: throws an InputError for a budget of 0. */
function budgeted<T extends { own?: Readonly<Record<string, object>> }>(options: T): T {
  for (const one of [options, ...Object.values(options.own ?? {})] as Record<string, unknown>[]) {
    for (const [budget, example] of Object.entries(EXAMPLES)) {
      if (one[budget] !== 0) continue;
      throw new InputError(
        `${budget}: 0 tries nothing, which would look like losses without fault. Give ${example}.`,
      );
    }
  }
  return options;
}
