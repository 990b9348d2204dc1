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

/** Neighbouring points of one verdict, from `first` to `last`; `before` and `after` are NaN at the ends of the sweep. */
export interface Run {
  code: number;
  first: number;
  last: number;
  firstIndex: number;
  lastIndex: number;
  before: number;
  after: number;
  worst: number;
  badness: number;
}

/**
 * Collects the failing points of one quantity for one label, added in ascending
 * order, into clusters. Memory is bounded whatever the number of points.
 */
export class Clusters {
  readonly #byCode: Cluster[][] = [];

  add(run: Run): void {
    this.#byCode[run.code] ??= [];
    const clusters = this.#byCode[run.code];
    const cluster: Cluster = {
      ...run,
      before: Number.isNaN(run.before) ? undefined : run.before,
      after: Number.isNaN(run.after) ? undefined : run.after,
      failing: run.lastIndex - run.firstIndex + 1,
    };
    clusters.push(cluster);
    if (clusters.length === 1) return;
    if (gapBefore(clusters, clusters.length - 1) <= GAP) join(clusters, clusters.length - 1);
    else if (clusters.length > mostOf(run.code)) joinNearest(clusters);
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
  join(clusters, at);
}

/** Makes one cluster of the one at an index and that before it. */
function join(clusters: Cluster[], at: number): void {
  const [a, b] = [clusters[at - 1], clusters[at]];
  const worse = b.badness > a.badness ? b : a;
  a.last = b.last;
  a.lastIndex = b.lastIndex;
  a.after = b.after;
  a.failing += b.failing;
  a.worst = worse.worst;
  a.badness = worse.badness;
  clusters.splice(at, 1);
}

function gapBefore(clusters: readonly Cluster[], i: number): number {
  return clusters[i].firstIndex - clusters[i - 1].lastIndex;
}
