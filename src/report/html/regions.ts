import type { Finding, Kind, Label, Quantity, Severity } from "../../judge/finding.js";
import { isOfSearch } from "../of-search.js";

/** A failing region of an implementation as a plot shades it. */
export interface Shade {
  from: number;
  to: number;
  severity: Exclude<Severity, "note">;
  /** What happens there, in a word. */
  word: string;
  targets: string[];
}

const words: Partial<Record<Kind, string>> = {
  nan: "NaN",
  overflow: "∞",
  throws: "throws",
  "dead-gradient": "dead",
  "wrong-sign": "sign",
  underflow: "0",
  inaccurate: "inaccurate",
  semantic: "other function",
  formula: "formula",
  unresolved: "unresolved",
};

/** The failing regions of one quantity of an implementation for a label, each once for all targets that have it. */
export function shadesOf(
  findings: readonly Finding[],
  implementation: string,
  label: Label,
  quantity: Quantity,
): Shade[] {
  const shades = new Map<string, Shade>();
  for (const finding of findings) {
    const { region, severity, kind, target } = finding;
    const isHere =
      finding.implementation === implementation && region.label === label && finding.quantity === quantity;
    if (!isHere || severity === "note" || isOfSearch(finding)) continue;
    const [from, to, word] = [Number(region.from.value), Number(region.to.value), words[kind] ?? kind];
    const key = JSON.stringify([region.from.bits, region.to.bits, word, severity]);
    const known = shades.get(key);
    if (known) known.targets.push(target);
    else shades.set(key, { from, to, severity, word, targets: [target] });
  }
  return [...shades.values()].sort((a, b) => a.from - b.from || a.to - b.to);
}
