import { readFileSync } from "node:fs";
import { typedPath } from "../cli/typed-path.js";
import { catalogueNames } from "../losses/names.js";
import type { ResolvedLoss } from "../losses/resolve.js";

/**
 * How many implementations of a loss are audited, as far as that can be told without running it; at least 1. The
 * exports of a file are counted in its text: that may be too many, as constants are exported too, but it is the same
 * number on every machine.
 */
export function countImplementations(loss: ResolvedLoss, asked: readonly string[] = []): number {
  if (loss.kind === "function") return 1; // all of them run in this process, one after the other
  const one = loss.kind === "file" ? loss.export : loss.implementation;
  if (one !== undefined) return 1;
  const names = loss.kind === "file" ? exportsIn(loss.path) : (catalogueNames.get(loss.name) ?? []);
  const wanted = names.filter((name) => asked.length === 0 || asked.includes(name));
  return Math.max(1, wanted.length);
}

function exportsIn(path: string): string[] {
  let text: string;
  try {
    text = readFileSync(typedPath(path), "utf8");
  } catch {
    return []; // what is wrong with it is said when it is loaded
  }
  const all = (pattern: RegExp) => Array.from(text.matchAll(pattern), ([, found]) => found);
  const listed = all(/\b(?:export|module\.exports\s*=)\s*\{([^}]*)\}/g).flatMap((list) => list.split(","));
  return [
    ...new Set([
      ...all(/\bexport\s+(default)\b/g),
      ...all(/\bexport\s+(?:async\s+)?(?:function|const|let|var)\s+([\w$]+)/g),
      ...all(/\bexports\.([\w$]+)\s*=(?!=)/g),
      ...listed.flatMap((entry) => /([\w$]+)\s*(?::[^:]*)?$/.exec(entry.trim())?.[1] ?? []),
    ]),
  ];
}
