import { type AuditedLosses, isAudited, placesOf, type Way } from "./audited.js";
import { isInScope, type Place, type Scope } from "./scope.js";

/** What a baseline knows, and was not audited again though it should have been: whatever has all the names that are here. */
export interface Gone extends Partial<Place> {
  /** `search`: it was swept, and not searched. */
  way: Way;
}

/** What is gone, in as few words as it goes: a whole loss, a target on which nothing ran, an implementation. */
export function goneOf(before: AuditedLosses, now: AuditedLosses, scope: Scope): Gone[] {
  const known = placesOf(before).filter((place) => isInScope(scope, place));
  const still = placesOf(now);
  const swept = known.filter(({ way }) => way === "sweep");
  const notSwept = new Set(swept.filter((place) => !isAudited(now, place, "sweep")).map(nameOf));
  const searched = known.filter((place) => place.way === "search" && !notSwept.has(nameOf(place)));
  return [
    ...summed(swept, still, [loss, target, implementation, whole]),
    ...summed(searched, still, [all, loss, target, implementation, whole]),
  ];
}

type Audit = Place & { way: Way };
type Part = (place: Place) => Partial<Place>;

const all: Part = () => ({});
const loss: Part = ({ loss }) => ({ loss });
const target: Part = ({ target }) => ({ target });
const implementation: Part = ({ loss, implementation }) => ({ loss, implementation });
const whole: Part = ({ loss, implementation, target }) => ({ loss, implementation, target });

/** The largest parts of some places of which nothing is there still. */
function summed(places: readonly Audit[], still: readonly Audit[], parts: readonly Part[]): Gone[] {
  const gone: Gone[] = [];
  let left = places;
  for (const part of parts) {
    const keyOf = (place: Audit) => JSON.stringify({ ...part(place), way: place.way });
    const missing = new Map(left.map((place) => [keyOf(place), { ...part(place), way: place.way }]));
    for (const place of still) missing.delete(keyOf(place));
    gone.push(...missing.values());
    left = left.filter((place) => !missing.has(keyOf(place)));
  }
  return gone;
}

/** How a message names it; empty for everything. */
export function nameOf({ loss, implementation, target }: Partial<Place>): string {
  const name = implementation === undefined ? loss : `${loss}#${implementation}`;
  return [name, target && (name === undefined ? target : `on ${target}`)].filter(Boolean).join(" ");
}

/** What to call what is gone: a loss, a target, or the search of one. */
export function goneText({ way, ...place }: Gone): string {
  const name = nameOf(place);
  return way === "sweep" ? name : ["the search", name && `of ${name}`].filter(Boolean).join(" ");
}
