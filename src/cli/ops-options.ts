import { InputError } from "../inputs/input-error.js";
import { opNames } from "../ops/catalogue.js";
import { type OpsOptions, opsDefaults } from "../ops/options.js";
import { didYouMean } from "./did-you-mean.js";
import { targets, timeout, wholeNumber } from "./values.js";

/** The flags of `audit ops` as typed, after their defaults were filled in. */
export interface OpsFlags {
  target?: string;
  points: string;
  timeout: string;
}

const MAX_POINTS = 10_000_000;

/** Reads the arguments and flags of `audit ops`, and refuses what makes no sense. */
export function opsOptions(ops: string[], flags: OpsFlags): OpsOptions {
  return {
    ops: [...new Set(ops.map(opName))],
    targets: flags.target === undefined ? [...opsDefaults.targets] : targets(flags.target),
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
