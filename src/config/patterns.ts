import { existsSync, realpathSync } from "node:fs";
import { extname, resolve } from "node:path";
import { globSync, isDynamicPattern } from "tinyglobby";
import { slashes } from "../files/slashes.js";
import { LOSS_EXTENSIONS } from "../losses/load-file.js";

const NEVER = ["**/node_modules/**", "**/*.d.{ts,mts,cts}"];

/** Whether an entry of `losses` takes files away from the patterns, as "!src/old/**". `!(a|b).ts` is a pattern. */
export function isExclusion(loss: string): boolean {
  return /^!(?!\()/.test(loss);
}

/**
 * Whether a name stands for those that it matches. Where the system has other separators than `/`, they are taken too;
 * elsewhere `\` takes the meaning from `[` or `*`.
 */
export function isPattern(name: string): boolean {
  const pattern = slashes(name);
  return isDynamicPattern(pattern) || pattern.includes("\\");
}

/**
 * The files of a folder that may hold losses and match a pattern, sorted, with forward slashes. Links to folders are not
 * followed, and of two names of one file the first counts.
 */
export function matchingFiles(pattern: string, folder: string, exclusions: readonly string[]): string[] {
  const options = { cwd: folder, expandDirectories: false, followSymbolicLinks: false };
  const ignore = [...NEVER, ...exclusions.map((exclusion) => slashes(exclusion.slice(1)))];
  const files = globSync(slashes(pattern), { ...options, ignore })
    .filter((file) => LOSS_EXTENSIONS.includes(extname(file)))
    .sort();
  const seen = new Set<string>();
  return files.filter((file) => {
    const path = resolve(folder, file);
    const real = existsSync(path) ? realpathSync(path) : path;
    return !seen.has(real) && seen.add(real);
  });
}
