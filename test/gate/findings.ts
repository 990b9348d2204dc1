import type { BaselineFinding } from "../../src/gate/baseline.js";
import type { Found } from "../../src/gate/found.js";
import { fromOrdinal, toFloat } from "../../src/inputs/float32.js";
import type { Severity } from "../../src/judge/finding.js";

/** What a region of a sweep is named after, without its side of 0. */
export const GROUP = "loss/naive/cpu/value/overflow/0";

/** A finding of a sweep whose region is given in ordinals. Its id is that of `withIds`, with a number where it is given. */
export function found(low: number, high: number, severity: Severity = "error", number = 1): Found {
  const side = low > 0 ? "above" : high < 0 ? "below" : "around-0";
  return {
    id: `${GROUP}/${side}${number === 1 ? "" : `-${number}`}`,
    severity,
    region: {
      from: toFloat(fromOrdinal(low)),
      to: toFloat(fromOrdinal(high)),
      label: 0,
      points: 1,
      share: 1,
    },
  };
}

/** The same with ids that are told apart, as a sweep gives them. */
export function numbered(findings: readonly Found[]): Found[] {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const name = finding.id.replace(/-\d+$/, (digits) => (finding.id.endsWith("around-0") ? digits : ""));
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { ...finding, id: count === 1 ? name : `${name}-${count}` };
  });
}

/** What a search has found: its region is that of the example. */
export function searched(id: string, severity: Severity = "error"): Found {
  return { ...found(1, 2, severity), id: `loss/naive/cpu/value/nan/${id}` };
}

export function known(finding: Found): BaselineFinding {
  const { id, severity, region } = finding;
  const isPlaced = severity !== "note" && /\/(above|below|around-0)(-\d+)?$/.test(id);
  return isPlaced ? { id, severity, from: region.from, to: region.to } : { id, severity };
}
