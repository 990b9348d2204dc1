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
    const last = clusters.at(-1);
    if (last !== undefined && run.firstIndex - last.lastIndex <= GAP) {
      extend(last, run, run.lastIndex - run.firstIndex + 1);
      return;
    }
    clusters.push({
      ...run,
      before: Number.isNaN(run.before) ? undefined : run.before,
      after: Number.isNaN(run.after) ? undefined : run.after,
      failing: run.lastIndex - run.firstIndex + 1,
    });
    if (clusters.length > mostOf(run.code)) joinNearest(clusters);
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
  extend(clusters[at - 1], clusters[at], clusters[at].failing);
  clusters.splice(at, 1);
}

/** Makes one cluster of it and of what comes behind it, of which so many points fail. */
function extend(cluster: Cluster, next: Run | Cluster, failing: number): void {
  cluster.last = next.last;
  cluster.lastIndex = next.lastIndex;
  cluster.after = Number.isNaN(next.after) ? undefined : next.after;
  cluster.failing += failing;
  if (next.badness > cluster.badness) {
    cluster.worst = next.worst;
    cluster.badness = next.badness;
  }
}

function gapBefore(clusters: readonly Cluster[], i: number): number {
  return clusters[i].firstIndex - clusters[i - 1].lastIndex;
}
