import { lstatSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { typedPath } from "../cli/typed-path.js";
import { InputError } from "../inputs/input-error.js";

/** What a configuration may be called. */
export const CONFIG_NAMES = ["ts", "mts", "js", "mjs", "json"].map(
  (extension) => `audit.config.${extension}`,
);
export const MANIFEST = "package.json";

/**
 * The nearest configuration, from a folder upwards, as it would be typed: an `audit.config.*`, or a package.json
 * with the key `audit`. Undefined where there is none. Throws an InputError where a folder has two.
 */
export function findConfig(from = typedPath(".")): string | undefined {
  const here = configsIn(from).map((name) => relative(typedPath("."), join(from, name)));
  if (here.length > 1) {
    throw new InputError(
      `There are ${here.length} configurations in one folder: ${here.join(", ")}. Keep one of them.`,
    );
  }
  if (here.length === 1) return here[0];
  const above = dirname(from);
  return above === from ? undefined : findConfig(above);
}

/** The names of the configurations in a folder. */
export function configsIn(folder: string): string[] {
  const names = CONFIG_NAMES.filter((name) => isThere(join(folder, name)));
  return hasKey(join(folder, MANIFEST)) ? [...names, MANIFEST] : names;
}

/** Also a link that leads nowhere: whoever made it wants it read. */
function isThere(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false; // in a folder that may not be looked into
  }
}

/** A package.json that is no JSON is npm's to complain about. */
function hasKey(manifest: string): boolean {
  try {
    const document: unknown = JSON.parse(readFileSync(manifest, "utf8").replace(/^\uFEFF/, ""));
    return typeof document === "object" && document !== null && Object.hasOwn(document, "audit");
  } catch {
    return false;
  }
}
