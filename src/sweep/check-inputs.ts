import { matchLabels } from "../inputs/logit-map.js";
import { readNpy } from "../inputs/npy.js";
import type { SweepOptions } from "./options.js";

type Inputs = Pick<SweepOptions, "logits" | "labelMap">;

/** Reads the files of all losses of a sweep once before any runs, so that a bad one is one error. */
export async function checkInputs(ofLosses: readonly Inputs[]): Promise<void> {
  const different = new Map(ofLosses.map((one) => [`${one.logits}\n${one.labelMap}`, one]));
  for (const { logits, labelMap } of different.values()) {
    if (logits === undefined) continue;
    const { shape } = await readNpy(logits);
    if (labelMap !== undefined) matchLabels(shape, (await readNpy(labelMap)).shape);
  }
}
