import { randomInt } from "node:crypto";
import { relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { typedPath } from "../cli/typed-path.js";
import { fuzzDefaults } from "../fuzz/defaults.js";
import type { FuzzOptions } from "../fuzz/options.js";
import { InputError } from "../inputs/input-error.js";
import { sweepDefaults } from "../sweep/defaults.js";
import type { SweepOptions } from "../sweep/options.js";
import { checkSearch, checkSweep } from "./check-together.js";
import type { Config, LossOptions } from "./config.js";
import { asTyped, type ConfiguredLoss, configuredLosses } from "./losses.js";
import { overridden } from "./override.js";
import { asFloat32 } from "./rules.js";

/** What `audit sweep` does with a configuration whose folder is given. Throws an InputError for what can't be. */
export function sweepOptionsOf(config: Config, folder: string): SweepOptions {
  const losses = configuredLosses(config.losses ?? [], folder);
  const swept = (options: LossOptions, place: string) => {
    const result = sweptOf(options, folder);
    checkSweep(options, result.heatmaps, place);
    return result;
  };
  return {
    ...{ ...sweepDefaults, ...swept(config, ""), ...common(config, folder) },
    losses: losses.map(({ argument }) => argument),
    ...ownOf(config, losses, swept),
  };
}

/** What `audit fuzz` does with it; without a seed one is drawn. Losses that are not to be searched are left out. */
export function fuzzOptionsOf(config: Config, folder: string): FuzzOptions {
  const all = configuredLosses(config.losses ?? [], folder);
  const losses = all.filter(({ own }) => own?.fuzz !== false);
  if (losses.length < all.length && losses.length === 0) {
    throw new InputError("Nothing is left to search: every loss of the configuration says fuzz: false.");
  }
  const searched = (options: LossOptions, place: string) => {
    checkSearch(options, place);
    return searchedOf(options, folder);
  };
  return {
    ...{ ...fuzzDefaults, seed: randomInt(2 ** 32), corpus: asTyped(fuzzDefaults.corpus, folder) },
    ...{ ...searched(config, ""), ...common(config, folder) },
    losses: losses.map(({ argument }) => argument),
    ...ownOf(config, losses, searched),
  };
}

/** What sweep and search have in common, and holds for all losses. */
function common(config: Config, folder: string) {
  const path = relative(typedPath("."), folder);
  const { targets, jobs, "fail-on": failOn } = config;
  return {
    ...(path !== "" && { folder: path }),
    ...(targets !== undefined && { targets: distinct([targets].flat()) }),
    ...defined({ failOn, jobs }),
  };
}

/** What sweep and search have in common, and may be that of one loss. */
function audited({ implementation, from, rtol, atol, timeout, severities }: LossOptions) {
  const implementations = implementation && distinct(implementation);
  return defined({ implementations, from, rtol, atol, timeout, severities });
}

function sweptOf(config: LossOptions, folder: string) {
  const { range, points, labels, special, logits, seed, size, classes, objects } = config;
  const labelMap = config["label-map"];
  return {
    ...audited(config),
    ...defined({ points, seed }),
    ...(range && { range: float32s(range) }),
    ...(labels && { labels: distinct(float32s(labels)) }),
    ...(special && { special: distinct(special) }),
    ...(logits !== undefined && { logits: asTyped(logits, folder) }),
    ...(labelMap !== undefined && { labelMap: asTyped(labelMap, folder) }),
    heatmaps: {
      ...sweepDefaults.heatmaps,
      ...defined({ classes, objects, height: size?.[0], width: size?.[1] }),
      // Also where it is not given, so that the options of one loss can take that of all away.
      count: config.heatmaps,
    },
  };
}

function searchedOf(config: LossOptions, folder: string): Partial<FuzzOptions> {
  const fuzz = typeof config.fuzz === "object" ? config.fuzz : {};
  const { runs, time, property, range, special, train, corpus } = fuzz;
  const labelRange = fuzz["label-range"];
  return {
    ...audited(config),
    ...defined({ runs, time, seed: fuzz.seed ?? config.seed, maxFindings: fuzz["max-findings"] }),
    ...(property && { properties: distinct(property) }),
    ...(range && { range: float32s(range) }),
    ...(labelRange && { labelRange: float32s(labelRange) }),
    ...(special && { special: distinct(special) }),
    ...(train !== undefined && { train: asTyped(train, folder) }),
    ...(corpus !== undefined && { corpus: asTyped(corpus, folder) }),
  };
}

/** What the options of single losses change: theirs go before those of all, as flags do; `undefined` where one takes another's place. */
function ownOf<Options extends object>(
  config: Config,
  losses: readonly ConfiguredLoss[],
  optionsOf: (options: LossOptions, place: string) => Options,
): { own?: Record<string, Partial<Options>> } {
  const { losses: _, ...all } = config;
  const options = optionsOf(all, "");
  const own = losses.flatMap(({ argument, own }) => {
    if (!own) return [];
    const changes = difference(optionsOf(overridden(all, own), `${argument}: `), options);
    return Object.keys(changes).length === 0 ? [] : [[argument, changes] as const];
  });
  return own.length === 0 ? {} : { own: Object.fromEntries(own) };
}

/** The keys of one that are not so in the other, and those of the other that it lacks, which are undefined. */
function difference<T extends object>(one: T, other: T): Partial<T> {
  const names = distinct([...Object.keys(one), ...Object.keys(other)]) as (keyof T)[];
  const changed = names.filter((name) => !isDeepStrictEqual(one[name], other[name]));
  return Object.fromEntries(changed.map((name) => [name, one[name]])) as Partial<T>;
}

function distinct<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}

function float32s<T extends (number | string)[]>(values: T): { [i in keyof T]: number } {
  return values.map(asFloat32) as { [i in keyof T]: number };
}

/** Without the keys that are not there, so that defaults hold. */
function defined<T extends object>(values: T): { [key in keyof T]?: Exclude<T[key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
