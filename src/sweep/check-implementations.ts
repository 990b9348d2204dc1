import { didYouMean } from "../cli/did-you-mean.js";
import { InputError } from "../inputs/input-error.js";
import { catalogueNames } from "../losses/names.js";
import { askedLosses } from "../losses/resolve.js";
import type { SweepOptions } from "./options.js";

/**
 * Refuses names of implementations that none of the losses can answer to, before anything runs. Those in a user's file
 * are known once it is loaded.
 */
export function checkImplementations(options: SweepOptions): void {
  const losses = askedLosses(options.losses, options.folder, options.functions);
  const names = losses.map((loss) => {
    if (loss.kind === "file") return undefined;
    return loss.kind === "function"
      ? loss.functions.map(({ name }) => name)
      : (catalogueNames.get(loss.name) ?? []);
  });
  if (names.includes(undefined)) return;
  const known = [...new Set(names.flatMap((some) => some ?? []))];
  const missing = options.implementations.find((name) => !known.includes(name));
  if (missing === undefined) return;
  throw new InputError(
    `There is no implementation "${missing}". ${didYouMean(missing, known)}The losses have ${known.join(", ")}.`,
  );
}
