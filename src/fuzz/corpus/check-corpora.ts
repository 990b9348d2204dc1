import type { FuzzOptions } from "../options.js";
import { ownOptions } from "../own-options.js";
import { checkWritable } from "./check-writable.js";

/** Says before other long work whether a search could keep what it finds. Throws an InputError with the reason. */
export async function checkCorpora(options: FuzzOptions): Promise<void> {
  if (options.replay) return;
  const losses = options.only ?? options.losses;
  const folders = new Set(losses.map((argument) => ownOptions(options, argument).corpus));
  for (const folder of folders) await checkWritable(folder);
}
