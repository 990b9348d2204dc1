import type { Config, FuzzConfig } from "../config/config.js";
import { MAX_RUNS, MAX_SECONDS, MAX_SEED } from "../config/limits.js";
import { PROPERTIES } from "../fuzz/defaults.js";
import { InputError } from "../inputs/input-error.js";
import { type CommonFlags, commonConfig, given, path } from "./sweep-options.js";
import { choice, decimal, list, range, wholeNumber } from "./values.js";

/** The flags that say how `audit fuzz` searches, as typed. */
export interface SearchFlags {
  runs?: string;
  time?: string;
  seed?: string;
  "max-findings"?: string;
  property?: string;
  range?: string;
  "label-range"?: string;
  special?: string;
  train?: string;
  corpus?: string;
}

export type FuzzFlags = SearchFlags & CommonFlags;

/** What the flags of `audit fuzz` say, as a configuration would. Refuses what makes no sense. */
export function fuzzConfig(flags: FuzzFlags): Config {
  const { seed, ...common } = flags;
  return { ...commonConfig(common), fuzz: searchConfig(flags) };
}

export function searchConfig(flags: SearchFlags): FuzzConfig {
  if (flags.runs !== undefined && flags.time !== undefined) {
    throw new InputError("--runs and --time both say how long to search: give one of them.");
  }
  return {
    ...given(flags, "runs", budget),
    ...given(flags, "time", seconds),
    ...given(flags, "seed", (text) => wholeNumber("seed", text, 0, MAX_SEED)),
    ...given(flags, "max-findings", (text) => wholeNumber("max-findings", text, 1, 10_000)),
    ...given(flags, "property", (text) =>
      list("property", text, "names separated by commas, such as nan,training").map((name) =>
        choice("property", name, PROPERTIES),
      ),
    ),
    ...given(flags, "range", (text) => range("range", text, "-120,120")),
    ...given(flags, "label-range", (text) => range("label-range", text, "0,1")),
    ...given(flags, "special", (text) =>
      list("special", text, "names separated by commas, such as infinity,nan").map((name) =>
        choice("special", name, ["infinity", "nan"]),
      ),
    ),
    ...given(flags, "train", (text) => path("train", text, "FILE#EXPORT of a model")),
    ...given(flags, "corpus", (text) => path("corpus", text, "the path of a folder")),
  };
}

function budget(text: string): number {
  if (text.trim() === "0") {
    throw new InputError(
      "--runs 0 tries nothing, which would look like a loss without fault. Give a number of inputs, such as 10000.",
    );
  }
  return wholeNumber("runs", text, 1, MAX_RUNS);
}

function seconds(text: string): number {
  const time = decimal("time", text, 0, MAX_SECONDS, " seconds");
  if (time === 0) {
    throw new InputError(
      "--time 0 tries nothing, which would look like a loss without fault. Give seconds, such as 60.",
    );
  }
  return time;
}

/** What an entry of the corpus says itself, so that a flag beside --replay would contradict it. */
const SAID_BY_ENTRY = [
  "implementation",
  "target",
  "runs",
  "time",
  "from",
  "rtol",
  "atol",
  "train",
  "property",
] as const;

/** Refuses what does not go with --replay. */
export function checkReplay(losses: readonly string[], flags: FuzzFlags): void {
  const stray = SAID_BY_ENTRY.find((flag) => flags[flag] !== undefined);
  if (stray === undefined && losses.length === 0) return;
  throw new InputError(
    `${stray === undefined ? `A loss, ${losses[0]},` : `--${stray}`} does not go with --replay: the failure says itself ` +
      "what it is tried with. Leave one of them out.",
  );
}
