import { randomInt } from "node:crypto";
import { readEntry } from "../fuzz/corpus/read-entry.js";
import { fuzzDefaults, PROPERTIES } from "../fuzz/defaults.js";
import type { FuzzOptions } from "../fuzz/options.js";
import { InputError } from "../inputs/input-error.js";
import { targetNames } from "../targets/names.js";
import { choice, decimal, list, range, targets, timeout, tolerance, wholeNumber } from "./values.js";

/** The flags of `audit fuzz` as typed, after their defaults were filled in. */
export interface FuzzFlags {
  target: string;
  runs?: string;
  time?: string;
  seed?: string;
  "max-findings": string;
  property?: string;
  range: string;
  "label-range"?: string;
  special?: string;
  train?: string;
  corpus: string;
  from: string;
  rtol: string;
  atol: string;
  "fail-on": string;
  timeout: string;
}

const MAX_RUNS = 1_000_000_000;
const MAX_SECONDS = 30 * 86_400;

/** Reads the arguments and flags of `audit fuzz`, and refuses what makes no sense. Without a seed one is drawn. */
export function fuzzOptions(losses: string[], flags: FuzzFlags): FuzzOptions {
  if (flags.runs !== undefined && flags.time !== undefined) {
    throw new InputError("--runs and --time both say how long to search: give one of them.");
  }
  return {
    losses,
    targets: targets(flags.target),
    ...(flags.runs !== undefined && { runs: budget(flags.runs) }),
    ...(flags.time !== undefined && { time: seconds(flags.time) }),
    seed: flags.seed === undefined ? randomInt(2 ** 32) : wholeNumber("seed", flags.seed, 0, 2 ** 32 - 1),
    maxFindings: wholeNumber("max-findings", flags["max-findings"], 1, 10_000),
    properties:
      flags.property === undefined
        ? [...fuzzDefaults.properties]
        : list("property", flags.property, "names separated by commas, such as nan,training").map((name) =>
            choice("property", name, PROPERTIES),
          ),
    range: range("range", flags.range, "-120,120"),
    ...(flags["label-range"] !== undefined && {
      labelRange: range("label-range", flags["label-range"], "0,1"),
    }),
    special:
      flags.special === undefined
        ? []
        : list("special", flags.special, "names separated by commas, such as infinity,nan").map((name) =>
            choice("special", name, ["infinity", "nan"]),
          ),
    ...(flags.train !== undefined && { train: path("train", flags.train, "FILE#EXPORT of a model") }),
    corpus: path("corpus", flags.corpus, "the path of a folder"),
    from: choice("from", flags.from, ["logits", "probabilities"]),
    ...tolerance(flags),
    failOn: choice("fail-on", flags["fail-on"], ["error", "warning", "note", "never"]),
    timeout: timeout(flags.timeout),
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

/** As it is typed; without one, the folder in which audit runs would be meant. */
function path(flag: string, text: string, rule: string): string {
  if (text.trim() === "") throw new InputError(`--${flag} takes ${rule}, but "${text}" was given.`);
  return text;
}

/** What an entry of the corpus says itself, so that a flag beside --replay would contradict it. */
const SAID_BY_ENTRY = ["target", "runs", "time", "from", "rtol", "atol", "train", "property"];

/** Reads the flags of `audit fuzz --replay`: what is tried again, and how, says the entry. */
export async function replayOptions(
  fileOrId: string,
  losses: string[],
  flags: FuzzFlags,
  isGiven: (flag: string) => boolean,
): Promise<FuzzOptions> {
  const stray = SAID_BY_ENTRY.find(isGiven);
  if (stray !== undefined || losses.length > 0) {
    throw new InputError(
      `${stray === undefined ? `A loss, ${losses[0]},` : `--${stray}`} does not go with --replay: the failure says itself ` +
        "what it is tried with. Leave one of them out.",
    );
  }
  const stored = await readEntry(fileOrId, flags.corpus);
  const { loss, implementation, target, from, rtol, atol } = stored.entry;
  if (!targetNames.includes(target)) {
    throw new InputError(
      `${stored.file}: its target is "${target}", but must be one of ${targetNames.join(", ")}. Correct it or delete it.`,
    );
  }
  return {
    ...fuzzOptions([`${loss}#${implementation}`], { ...flags, seed: flags.seed ?? "0" }),
    targets: [target],
    from,
    rtol,
    atol,
    replay: stored,
  };
}
