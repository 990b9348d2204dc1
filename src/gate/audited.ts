import type { Audited } from "./baseline.js";
import type { Place } from "./scope.js";

export type AuditedLosses = Readonly<Record<string, Audited>>;
export type Way = keyof Audited;
export const WAYS: readonly Way[] = ["sweep", "search"];

/** What was swept and searched, by `loss#implementation`. */
export function auditedOf(places: Readonly<Record<Way, readonly Place[]>>): AuditedLosses {
  const audited = new Map<string, Record<Way, Set<string>>>();
  for (const way of WAYS) {
    for (const { loss, implementation, target } of places[way]) {
      const key = `${loss}#${implementation}`;
      const known = audited.get(key) ?? { sweep: new Set(), search: new Set() };
      known[way].add(target);
      audited.set(key, known);
    }
  }
  return Object.fromEntries(
    Array.from(audited, ([key, { sweep, search }]) => [key, { sweep: [...sweep], search: [...search] }]),
  );
}

/** The reverse. The last `#` parts the implementation from the loss, whose name may be a path. */
export function placesOf(audited: AuditedLosses): (Place & { way: Way })[] {
  return Object.entries(audited).flatMap(([key, targets]) => {
    const at = key.lastIndexOf("#");
    const names = { loss: key.slice(0, Math.max(0, at)), implementation: key.slice(at + 1) };
    return WAYS.flatMap((way) => targets[way].map((target) => ({ ...names, target, way })));
  });
}

export function isAudited(
  audited: AuditedLosses,
  { loss, implementation, target }: Place,
  way: Way,
): boolean {
  const key = `${loss}#${implementation}`;
  return Object.hasOwn(audited, key) && audited[key][way].includes(target);
}
