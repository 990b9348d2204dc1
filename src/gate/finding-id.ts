import { PROPERTIES } from "../fuzz/defaults.js";

const KINDS = PROPERTIES.join("|");
/** From the right: the name of a loss may be a path. */
const PATTERN = new RegExp(
  `^(?<loss>.+)/(?<implementation>[^/]+)/(?<target>(?!probabilities/)[^/]+)/(?:probabilities/)?(?<effect>(?:value|gradient)/(?:${KINDS}))(?:/(?<rest>.+))?$`,
  "s",
);
const REGION = /^(?<label>.+)\/(?<side>above|below|around-0)(?:-\d+)?$/s;

/** What the id of a finding says. */
export interface FindingId {
  loss: string;
  implementation: string;
  target: string;
  /** Whether the sweep found it, or the search. */
  way: "sweep" | "search";
  /**
   * What findings of one defect have in common. Of a sweep: all but the side of 0 and the number, since a region may
   * grow over 0, split or merge. Of a search: all but the number.
   */
  group: string;
  /** Of 0, where a region of a sweep lies. */
  side?: string;
}

/** Of an id that somebody made up, all that is known is that it is one. */
export function parseId(id: string): FindingId {
  const groups = PATTERN.exec(id)?.groups;
  if (groups === undefined) return { loss: "", implementation: "", target: "", way: "search", group: id };
  const { loss, implementation, target, rest } = groups;
  const names = { loss, implementation, target };
  const region = REGION.exec(rest ?? "");
  if (region === null) return { ...names, way: "search", group: id.replace(/-\d+$/, "") };
  return {
    ...names,
    way: "sweep",
    group: id.slice(0, id.lastIndexOf("/")),
    side: region.groups?.side,
  };
}
