import { createRequire } from "node:module";
import { InputError } from "../inputs/input-error.js";
import { manifestOf } from "../losses/load-tfjs.js";

const require = createRequire(import.meta.url);

/** Refuses a target whose packages are not all installed, and says how to get them. */
export function needPackages(target: string, names: readonly string[]): void {
  const missing = names.filter((name) => manifestOf(name, require) === undefined);
  if (missing.length === 0) return;
  throw new InputError(
    `The target "${target}" needs ${new Intl.ListFormat("en-GB").format(missing)}, which ${missing.length === 1 ? "is" : "are"} not installed: ` +
      `run "npm install ${missing.join(" ")}".`,
  );
}
