import { randomInt } from "node:crypto";
import { relative } from "node:path";
import { typedPath } from "../cli/typed-path.js";
import { fuzzDefaults } from "../fuzz/defaults.js";
import type { FuzzOptions } from "../fuzz/options.js";
import { InputError } from "../inputs/input-error.js";
import { sweepDefaults } from "../sweep/defaults.js";
import type { SweepOptions } from "../sweep/options.js";
import type { Config, FuzzConfig, LossOptions } from "./config.js";
import { asTyped, type ConfiguredLoss, configuredLosses } from "./losses.js";
import { asFloat32 } from "./schema.js";

const MAX_PIXELS = 2 ** 24;

/** What `audit sweep` does with a configuration whose folder is given. Throws an InputError for what can't be. */
export function sweepOptionsOf(config: Config, folder: string): SweepOptions {
  const losses = configuredLosses(config.losses ?? [], folder);
  const options: SweepOptions = {
    ...{ ...sweepDefaults, ...sweptOf(config, sweepDefaults, folder), ...common(config, folder) },
    losses: losses.map(({ argument }) => argument),
  };
  checkSweep(config, options);
  const own = ownOf(losses, (one) => {
    const result = sweptOf(one, options, folder);
    checkSweep({ ...config, ...one }, { ...options, ...result });
    return result;
  });
  return { ...options, ...own };
}

/** What `audit fuzz` does with it; without a seed one is drawn. Losses that are not to be searched are left out. */
export function fuzzOptionsOf(config: Config, folder: string): FuzzOptions {
  const all = configuredLosses(config.losses ?? [], folder);
  const losses = all.filter(({ own }) => own?.fuzz !== false);
  if (losses.length < all.length && losses.length === 0) {
    throw new InputError("Nothing is left to search: every loss of the configuration says fuzz: false.");
  }
  const options: FuzzOptions = {
    ...{ ...fuzzDefaults, seed: config.seed ?? randomInt(2 ** 32) },
    ...{ ...searchedOf(config, folder), ...common(config, folder) },
    losses: losses.map(({ argument }) => argument),
  };
  return { ...options, ...ownOf(losses, (one) => searchedOf(one, folder)) };
}

/** What sweep and search have in common, and holds for all losses. */
function common(config: Config, folder: string) {
  const path = relative(typedPath("."), folder);
  const { targets, jobs, "fail-on": failOn } = config;
  return {
    ...(path !== "" && { folder: path }),
    ...(targets !== undefined && { targets: [targets].flat() }),
    ...(failOn !== undefined && { failOn }),
    ...(jobs !== undefined && { jobs }),
  };
}

/** What sweep and search have in common, and may be that of one loss. */
function judging({ from, rtol, atol, timeout, severities }: LossOptions) {
  return defined({ from, rtol, atol, timeout, severities });
}

function sweptOf(
  config: LossOptions,
  { heatmaps }: Pick<SweepOptions, "heatmaps">,
  folder: string,
): Partial<SweepOptions> {
  const { implementation, range, points, labels, special, logits, seed, size, classes, objects } = config;
  const labelMap = config["label-map"];
  return {
    ...judging(config),
    ...defined({ implementations: implementation, points, special, seed }),
    ...(range && { range: float32s(range) }),
    ...(labels && { labels: [...new Set(float32s(labels))] }),
    ...(logits !== undefined && { logits: asTyped(logits, folder) }),
    ...(labelMap !== undefined && { labelMap: asTyped(labelMap, folder) }),
    heatmaps: {
      ...heatmaps,
      ...defined({ count: config.heatmaps, classes, objects, height: size?.[0], width: size?.[1] }),
    },
  };
}

function searchedOf(config: LossOptions, folder: string): Partial<FuzzOptions> {
  const fuzz: FuzzConfig = typeof config.fuzz === "object" ? config.fuzz : {};
  const { runs, time, property, range, special, train, corpus } = fuzz;
  if (runs !== undefined && time !== undefined) {
    throw new InputError("fuzz has runs and time, which both say how long to search: give one of them.");
  }
  const labelRange = fuzz["label-range"];
  return {
    ...judging(config),
    ...defined({ runs, time, special, seed: fuzz.seed ?? config.seed, properties: property }),
    ...defined({ maxFindings: fuzz["max-findings"] }),
    ...(range && { range: float32s(range) }),
    ...(labelRange && { labelRange: float32s(labelRange) }),
    ...(train !== undefined && { train: asTyped(train, folder) }),
    ...(corpus !== undefined && { corpus: asTyped(corpus, folder) }),
  };
}

function ownOf<Options>(
  losses: readonly ConfiguredLoss[],
  options: (own: LossOptions) => Options,
): { own?: Record<string, Options> } {
  const own = losses.flatMap(({ argument, own }) => (own ? [[argument, options(own)] as const] : []));
  return own.length === 0 ? {} : { own: Object.fromEntries(own) };
}

/** What one key alone can't show. */
function checkSweep(config: LossOptions, { heatmaps }: SweepOptions): void {
  if (config["label-map"] !== undefined && config.logits === undefined) {
    throw new InputError(
      "label-map gives the labels of real logits, but there are no logits. Add logits, a .npy file, " +
        "or give the labels of a range with labels.",
    );
  }
  if (config.heatmaps !== undefined && config.logits !== undefined) {
    throw new InputError("heatmaps draws maps and logits reads them from a file: give one of the two.");
  }
  const { height, width, classes, objects } = heatmaps;
  if (height * width * classes > MAX_PIXELS) {
    throw new InputError(
      `size ${height}x${width} with classes ${classes} makes ${(height * width * classes).toLocaleString("en-US")} ` +
        `pixels a map; at most ${MAX_PIXELS.toLocaleString("en-US")} are allowed. Make the size or the classes smaller.`,
    );
  }
  if (objects[1] > height * width) {
    throw new InputError(
      `objects ${objects.join(",")} is more than a map of ${height}x${width} has room for: at most ${height * width}.`,
    );
  }
}

function float32s<T extends (number | string)[]>(values: T): { [i in keyof T]: number } {
  return values.map(asFloat32) as { [i in keyof T]: number };
}

/** Without the keys that are not there, so that defaults hold. */
function defined<T extends object>(values: T): { [key in keyof T]?: Exclude<T[key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
