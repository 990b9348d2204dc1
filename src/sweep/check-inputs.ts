import { matchLabels } from "../inputs/logit-map.js";
import { readNpy } from "../inputs/npy.js";
import type { SweepOptions } from "./options.js";

/** Reads the files of a sweep once before any loss runs, so that a bad one is one error. */
export async function checkInputs({ logits, labelMap }: SweepOptions): Promise<void> {
  if (logits === undefined) return;
  const { shape } = await readNpy(logits);
  if (labelMap !== undefined) matchLabels(shape, (await readNpy(labelMap)).shape);
}
