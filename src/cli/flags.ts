import * as Flags from "@oclif/core/flags";
import { formats } from "../report/report-request.js";
import { sweepDefaults as defaults } from "../sweep/defaults.js";
import { targetNames } from "../targets/names.js";

/**
 * The flags that more than one command has. Their values stay text here:
 * `values.ts` reads them, with errors that say more than oclif's.
 *
 * No flag has a one-letter form: `-120,120` would else be taken for flags.
 */
export const inputFlags = {
  implementation: Flags.string({
    description: "Implementations to audit, by name. Default: all of each loss.",
    helpValue: "NAME,...",
  }),
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
    description: `What the functions of a file take: logits, or probabilities (they then get sigmoid(logits)). Default: ${defaults.from}.`,
    helpValue: "logits|probabilities",
  }),
  rtol: Flags.string({
    description: `Relative error from which a number counts as inaccurate. Default: ${defaults.rtol}.`,
    helpValue: "NUMBER",
    helpGroup: "judgement",
  }),
  atol: Flags.string({
    description: `Absolute error that is allowed on top of it. Default: ${defaults.atol}.`,
    helpValue: "NUMBER",
    helpGroup: "judgement",
  }),
  "fail-on": Flags.string({
    description: `Exit with 1 when a finding is this severe or worse. Default: ${defaults.failOn}.`,
    helpValue: "error|warning|note|never",
    helpGroup: "judgement",
  }),
  timeout: Flags.string({
    description: `Seconds that one step of a loss may take before it is given up. Default: ${defaults.timeout}.`,
    helpValue: "SECONDS",
  }),
  config: Flags.string({
    description:
      "The configuration. Default: the nearest audit.config.ts (.mts, .js, .mjs, .json), or package.json with the key audit, from here upwards.",
    helpValue: "FILE",
  }),
};

export function targetFlag(targets: readonly string[]) {
  return Flags.string({
    description: `Backends to run on: ${targetNames.join(", ")}; "all" of them, or "auto" for those that are there. Default: ${targets.join(",")}.`,
    helpValue: "NAME,...",
  });
}

/** Which reports are written, and where: see `reportRequests`. */
export const reportFlag = Flags.string({
  description: `Write a report: ${formats.join(", ")}. Without =FILE on stdout; may be given several times.`,
  helpValue: "FORMAT[=FILE]",
  helpGroup: "output",
  multiple: true,
  multipleNonGreedy: true,
});
