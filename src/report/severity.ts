import type { ChalkInstance } from "chalk";
import type { Severity } from "../judge/finding.js";

/** Severest first. */
export const severities: readonly Severity[] = ["error", "warning", "note"];

/** The word in its colour. The word alone carries the meaning. */
export function severityColour(word: Severity | "ok" | "failed", colour: ChalkInstance): string {
  const paint = {
    error: colour.red,
    failed: colour.red,
    warning: colour.yellow,
    note: colour.dim,
    ok: colour.green,
  };
  return paint[word](word);
}
