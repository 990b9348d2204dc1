import { verdicts } from "./classify.js";

/** A region of one verdict, as the points of a sweep show it. */
export interface Cluster {
  code: number;
  /** The first and the last failing point, and their indices in the sweep. */
  first: number;
  last: number;
  firstIndex: number;
  lastIndex: number;
  /** The points next to them that don't have this verdict; undefined at the end of the sweep. */
  before: number | undefined;
  after: number | undefined;
  failing: number;
  /** The failing point of the largest badness. */
  worst: number;
  badness: number;
}

/** A gap of more points than this separates two clusters of one verdict. */
const GAP = 32;
/** More clusters of one verdict are scattered failures of one region: the nearest two are joined. */
const mostOf = (code: number) => (verdicts[code - 1].severity === "error" ? 6 : 2);

/**
 * Collects the failing points of one quantity for one label, added in ascending
 * order, into clusters. Memory is bounded whatever the number of points.
 */
export class Clusters {
  readonly #byCode: Cluster[][] = [];

  /**
   * Adds a failing point. `index` counts the points of the sweep; `previous` and
   * `next` are the neighbours in the sweep, NaN at its ends.
   */
  add(index: number, x: number, code: number, badness: number, previous: number, next: number): void {
    this.#byCode[code] ??= [];
    const clusters = this.#byCode[code];
    let open = clusters[clusters.length - 1];
    if (open === undefined || index - open.lastIndex > GAP) {
      open = {
        code,
        first: x,
        last: x,
        firstIndex: index,
        lastIndex: index,
        before: Number.isNaN(previous) ? undefined : previous,
        after: undefined,
        failing: 0,
        worst: x,
        badness: Number.NEGATIVE_INFINITY,
      };
      clusters.push(open);
      if (clusters.length > mostOf(code)) joinNearest(clusters);
      open = clusters[clusters.length - 1];
    }
    open.last = x;
    open.lastIndex = index;
    open.after = Number.isNaN(next) ? undefined : next;
    open.failing++;
    if (badness > open.badness) {
      open.badness = badness;
      open.worst = x;
    }
  }

  /** In the order of their first points. */
  list(): Cluster[] {
    return this.#byCode.flat().sort((a, b) => a.firstIndex - b.firstIndex || a.code - b.code);
  }
}

function joinNearest(clusters: Cluster[]): void {
  let at = 1;
  for (let i = 2; i < clusters.length; i++) {
    if (gapBefore(clusters, i) < gapBefore(clusters, at)) at = i;
  }
  const [a, b] = [clusters[at - 1], clusters[at]];
  const worse = b.badness > a.badness ? b : a;
  clusters.splice(at - 1, 2, {
    ...a,
    last: b.last,
    lastIndex: b.lastIndex,
    after: b.after,
    failing: a.failing + b.failing,
    worst: worse.worst,
    badness: worse.badness,
  });
}

function gapBefore(clusters: readonly Cluster[], i: number): number {
  return clusters[i].firstIndex - clusters[i - 1].lastIndex;
}
