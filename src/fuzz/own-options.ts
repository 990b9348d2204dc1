import type { FuzzOptions } from "./options.js";

/** The options of one loss: its own go before those of all. */
export function ownOptions({ own, functions, ...all }: FuzzOptions, argument: string): FuzzOptions {
  return { ...all, ...own?.[argument] };
}
