import * as Flags from "@oclif/core/flags";
import { sweepDefaults as defaults } from "../sweep/defaults.js";
import { targetNames } from "../targets/names.js";

/**
 * The flags that more than one command has. Their values stay text here:
 * `values.ts` reads them, with errors that say more than oclif's.
 *
 * No flag has a one-letter form: `-120,120` would else be taken for flags.
 */
export const inputFlags = {
  target: targetFlag(defaults.targets),
  logits: Flags.string({
    description:
      "Real logits: a NumPy file of float32, [batch, height, width, class] or any shape the loss takes.",
    helpValue: "FILE.npy",
    helpGroup: "input",
  }),
  "label-map": Flags.string({
    description:
      "Labels of --logits, of the same shape. Without it each of --labels holds for the whole file.",
    helpValue: "FILE.npy",
    helpGroup: "input",
  }),
  from: Flags.string({
    description:
      "What the functions of a file take: logits, or probabilities (they then get sigmoid(logits)).",
    helpValue: "logits|probabilities",
    default: defaults.from,
  }),
  timeout: Flags.string({
    description: "Seconds that one step of a loss may take before it is given up.",
    helpValue: "SECONDS",
    default: String(defaults.timeout),
  }),
};

export function targetFlag(targets: readonly string[]) {
  return Flags.string({
    description: `Backends to run on: ${targetNames.join(", ")}; "all" of them, or "auto" for those that are there.`,
    helpValue: "NAME,...",
    default: targets.join(","),
  });
}
