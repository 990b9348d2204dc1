import { InputError } from "../inputs/input-error.js";
import { opNames } from "../ops/catalogue.js";
import type { OpsOptions } from "../ops/options.js";
import { targetNames } from "../targets/names.js";
import { didYouMean } from "./did-you-mean.js";
import { choice, list, timeout, wholeNumber } from "./values.js";

/** The flags of `audit ops` as typed, after their defaults were filled in. */
export interface OpsFlags {
  target: string;
  points: string;
  timeout: string;
}

const MAX_POINTS = 10_000_000;

/** Reads the arguments and flags of `audit ops`, and refuses what makes no sense. */
export function opsOptions(ops: string[], flags: OpsFlags): OpsOptions {
  const targets = list("target", flags.target, "names separated by commas, such as cpu,wasm");
  for (const target of targets) choice("target", target, [...targetNames, "all", "auto"]);
  return {
    ops: [...new Set(ops.map(opName))],
    targets,
    points: wholeNumber("points", flags.points, 1, MAX_POINTS),
    timeout: timeout(flags.timeout),
  };
}

function opName(given: string): string {
  if (opNames.includes(given)) return given;
  throw new InputError(
    `There is no op "${given}". ${didYouMean(given, opNames)}The ops are ${opNames.join(", ")}.`,
  );
}
