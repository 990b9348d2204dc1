import type { Config, FuzzConfig, LossOptions } from "./config.js";

/** Keys that a given key takes with it: two ways to say the same. */
const rivals: Record<string, readonly string[]> = {
  logits: ["heatmaps", "label-map"],
  heatmaps: ["logits", "label-map"],
  labels: ["label-map"],
  runs: ["time"],
  time: ["runs"],
};

/**
 * A configuration with what the flags say in the place of its own, also in the options of single losses. What is given
 * may be the options of one loss as well, which go before those of all in the same way.
 */
export function overridden(config: Config, flags: Config): Config {
  const losses = config.losses?.map((loss) =>
    typeof loss === "string" ? loss : { loss: loss.loss, ...withoutGiven(loss, flags) },
  );
  const { fuzz, ...rest } = without(config, flags);
  const search = searchOf(fuzz, flags.fuzz);
  return {
    ...rest,
    ...(losses && { losses }),
    ...flags,
    ...(flags.severities && { severities: { ...config.severities, ...flags.severities } }),
    ...(search !== undefined && { fuzz: search }),
  };
}

/** The options of one loss that no flag goes before. */
function withoutGiven(own: LossOptions, flags: Config): LossOptions {
  const { fuzz, ...rest } = without(own, flags);
  if (typeof fuzz !== "object" || typeof flags.fuzz !== "object") {
    return fuzz === undefined ? rest : { ...rest, fuzz };
  }
  return { ...rest, fuzz: without(fuzz, flags.fuzz) };
}

/** Options of the search turn it on. */
function searchOf(config: LossOptions["fuzz"], given: LossOptions["fuzz"]): LossOptions["fuzz"] {
  if (given === undefined || given === false) return given ?? config;
  const before: FuzzConfig | true = typeof config === "object" ? config : true;
  if (given === true || before === true) return given === true ? before : given;
  return { ...without(before, given), ...given };
}

/** Without the keys that are given, and their rivals; a search is put together apart. */
function without<T extends object>(options: T, given: object): T {
  const names = Object.keys(given).filter((name) => name !== "fuzz" && name !== "losses");
  const gone = new Set(names.flatMap((name) => [name, ...(rivals[name] ?? [])]));
  return Object.fromEntries(Object.entries(options).filter(([name]) => !gone.has(name))) as T;
}
