import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { typedPath } from "../cli/typed-path.js";
import { InputError } from "../inputs/input-error.js";
import { shown } from "../losses/user-files.js";

/** What a configuration may be called. */
export const CONFIG_NAMES = ["ts", "mts", "js", "mjs", "json"].map(
  (extension) => `audit.config.${extension}`,
);
export const MANIFEST = "package.json";

/**
 * The nearest configuration, from a folder upwards: an `audit.config.*`, or a package.json
 * with the key `audit`. Undefined where there is none. Throws an InputError where a folder has two.
 */
export function findConfig(from = typedPath(".")): string | undefined {
  const here = [...CONFIG_NAMES, MANIFEST]
    .map((name) => join(from, name))
    .filter((file) => existsSync(file) && (!file.endsWith(MANIFEST) || hasKey(file)));
  if (here.length > 1) {
    throw new InputError(
      `There are ${here.length} configurations in one folder: ${here.map(shown).join(", ")}. Keep one of them.`,
    );
  }
  if (here.length === 1) return here[0];
  const above = dirname(from);
  return above === from ? undefined : findConfig(above);
}

/** A package.json that is no JSON is npm's to complain about. */
function hasKey(manifest: string): boolean {
  try {
    const document: unknown = JSON.parse(readFileSync(manifest, "utf8").replace(/^\uFEFF/, ""));
    return typeof document === "object" && document !== null && "audit" in document;
  } catch {
    return false;
  }
}
