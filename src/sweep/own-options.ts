import type { SweepOptions } from "./options.js";

/** The options of one loss: its own go before those of all, heat maps key by key. */
export function ownOptions({ own, functions, ...all }: SweepOptions, argument: string): SweepOptions {
  const mine = own?.[argument];
  return { ...all, ...mine, heatmaps: { ...all.heatmaps, ...mine?.heatmaps } };
}
