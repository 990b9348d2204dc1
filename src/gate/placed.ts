import { type Severity, severityRank } from "../judge/finding.js";
import type { BaselineFinding } from "./baseline.js";
import { parseId } from "./finding-id.js";
import type { Found } from "./found.js";
import { type Interval, intervalOf } from "./intervals.js";

/** A finding with its rank and its floats. Notes have none: they are negligible, and may move. */
export interface Placed<T> {
  one: T;
  rank: number;
  floats?: Interval;
}

export type Region<T> = Placed<T> & { floats: Interval };

export function placed<T extends { severity: Severity }>(one: T & (BaselineFinding | Found)): Placed<T> {
  const { from, to } = "region" in one ? one.region : one;
  const rank = severityRank[one.severity];
  if (one.severity === "note" || from === undefined || to === undefined) return { one, rank };
  return { one, rank, floats: intervalOf(from, to) };
}

export function isRegion<T>(place: Placed<T>): place is Region<T> {
  return place.floats !== undefined;
}

type Identified = Placed<{ id: string }>;

/** Of the same id, else on the same side of 0, else any. */
const likeness: ((a: Identified, b: Identified) => boolean)[] = [
  (a, b) => a.one.id === b.one.id,
  (a, b) => parseId(a.one.id).side === parseId(b.one.id).side,
  () => true,
];

/** The one of some that is most like a place. */
export function likest<P extends Identified>(place: Identified, some: readonly P[]): P | undefined {
  for (const isLike of likeness) {
    const other = some.find((one) => isLike(place, one));
    if (other) return other;
  }
  return undefined;
}

/** Pairs each with one of the others, those first that are most alike. */
export function paired<A extends Identified, B extends Identified>(
  some: readonly A[],
  others: readonly B[],
): Map<A, B> {
  const pairs = new Map<A, B>();
  const left = new Set(others);
  for (const isLike of likeness) {
    for (const one of some) {
      const other = pairs.has(one) ? undefined : [...left].find((candidate) => isLike(one, candidate));
      if (other === undefined) continue;
      pairs.set(one, other);
      left.delete(other);
    }
  }
  return pairs;
}
