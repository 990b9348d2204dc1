import type { BaselineFinding } from "./baseline.js";
import { compareRegions } from "./compare-regions.js";
import { compareSearched } from "./compare-searched.js";
import { parseId } from "./finding-id.js";
import type { Found } from "./found.js";

/** How a finding is worse than what is accepted. */
export type Change =
  | { kind: "new" }
  | { kind: "more-severe"; was: BaselineFinding }
  | { kind: "grown"; was: BaselineFinding };

/** How a finding is better than what is accepted. */
export interface Improvement {
  kind: "less-severe" | "shrunk";
  was: BaselineFinding;
}

export interface Comparison {
  /** By the id of the finding; those that are as they were are in neither. */
  changes: Map<string, Change>;
  improvements: Map<string, Improvement>;
  /** What is accepted, and not found any more. */
  cured: BaselineFinding[];
}

/**
 * Holds findings against those that are accepted. Both are parted into groups, the findings of one defect: the names of
 * a finding without its side of 0 and its number, so that a region may cross 0, split or merge and is still compared
 * with itself.
 */
export function compare(accepted: readonly BaselineFinding[], found: readonly Found[]): Comparison {
  const groups = new Map<string, { before: BaselineFinding[]; now: Found[] }>();
  const groupOf = (id: string) => {
    const { way, group } = parseId(id);
    const key = `${way} ${group}`;
    const known = groups.get(key) ?? { before: [], now: [] };
    groups.set(key, known);
    return known;
  };
  for (const one of inOrder(accepted)) groupOf(one.id).before.push(one);
  for (const one of inOrder(found)) groupOf(one.id).now.push(one);
  const result: Comparison = { changes: new Map(), improvements: new Map(), cured: [] };
  for (const [key, { before, now }] of groups) {
    (key.startsWith("sweep ") ? compareRegions : compareSearched)(before, now, result);
  }
  return result;
}

/** Whatever order they come in, as in a file that was merged, the result is the same. */
function inOrder<T extends { id: string }>(some: readonly T[]): T[] {
  return [...some].sort((a, b) => (a.id < b.id ? -1 : 1));
}
