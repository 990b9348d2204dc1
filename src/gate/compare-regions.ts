import type { BaselineFinding } from "./baseline.js";
import type { Comparison } from "./compare.js";
import type { Found } from "./found.js";
import { intersects, isCovered } from "./intervals.js";
import { isRegion, likest, type Placed, paired, placed, type Region } from "./placed.js";

type Known = Placed<BaselineFinding>;

/**
 * Compares the regions of one defect. What is accepted is the union of the regions that were accepted as as severe, or
 * severer: a finding within it is no worse, however the regions are cut. One beyond it has
 *
 * - grown, where it meets such a region, or takes the place of one that is gone: that has moved;
 * - become more severe, where it meets only milder ones, or takes the place of one;
 * - come new, where nothing that was accepted is left for it.
 *
 * What was accepted and has nothing in its place is cured.
 */
export function compareRegions(
  before: readonly BaselineFinding[],
  now: readonly Found[],
  { changes, improvements, cured }: Comparison,
): void {
  const accepted = before.map(placed<BaselineFinding>);
  const found = now.map(placed<Found>);
  const regions = found.filter(isRegion);
  const left = new Set(accepted);
  const worsen = ({ one, rank }: Placed<Found>, was: Known) =>
    changes.set(one.id, { kind: was.rank >= rank ? "grown" : "more-severe", was: was.one });
  const soften = ({ one }: Placed<Found>, was: Known) =>
    improvements.set(one.id, { kind: "less-severe", was: was.one });

  const strays: Region<Found>[] = [];
  for (const region of regions) {
    const met = accepted.filter(isRegion).filter(({ floats }) => intersects(region.floats, floats));
    for (const known of met) left.delete(known);
    const isWithin = (some: readonly Known[]) => isCovered(region.floats, floatsOf(some));
    if (isWithin(accepted.filter(({ rank }) => rank === region.rank))) {
      const shrunk = met.filter(({ floats }) => !isCovered(floats, floatsOf(regions)));
      const was = likest(region, shrunk);
      if (was) improvements.set(region.one.id, { kind: "shrunk", was: was.one });
    } else if (isWithin(accepted.filter(({ rank }) => rank >= region.rank))) {
      const was = likest(
        region,
        met.filter(({ rank }) => rank > region.rank),
      );
      if (was) soften(region, was);
    } else {
      const asSevere = met.filter(({ rank }) => rank >= region.rank);
      const was = likest(region, asSevere) ?? likest(region, met);
      if (was) worsen(region, was);
      else strays.push(region);
    }
  }

  /** What of some takes the place of nothing that is gone. */
  const rest = (
    some: readonly Placed<Found>[],
    fits: (known: Known) => boolean,
    say: (one: Placed<Found>, was: Known) => void,
  ) => {
    const pairs = paired(some, [...left].filter(fits));
    for (const [one, was] of pairs) {
      left.delete(was);
      say(one, was);
    }
    return some.filter((one) => !pairs.has(one));
  };
  const isNote = (place: Placed<unknown>) => !isRegion(place);
  const newRegions = rest(strays, isRegion, worsen);
  const newNotes = rest(found.filter(isNote), isNote, () => {});
  const fresh = [...rest(newRegions, isNote, worsen), ...rest(newNotes, isRegion, soften)];
  for (const { one } of fresh) changes.set(one.id, { kind: "new" });
  cured.push(...Array.from(left, ({ one }) => one));
}

function floatsOf(some: readonly Placed<unknown>[]) {
  return some.filter(isRegion).map(({ floats }) => floats);
}
