/** Something to do, and how many seconds it takes. */
export interface Weighed<T> {
  item: T;
  cost: number;
}

/** The items of one shard, in the order in which they were given. */
export interface Share<T> {
  items: T[];
  cost: number;
}

/**
 * Shares items out so that the shares cost about the same: the costliest first, each to the share that has the least
 * by then, of equals to the first. The shares are disjoint and complete, and the same for the same items. The largest
 * is at most a third larger than it has to be (R. L. Graham, Bounds on multiprocessing timing anomalies, 1969).
 */
export function shareOut<T>(items: readonly Weighed<T>[], shares: number): Share<T>[] {
  const costs = new Array<number>(shares).fill(0);
  const places = new Array<number>(items.length);
  const byCost = [...items.keys()].sort((a, b) => items[b].cost - items[a].cost);
  for (const i of byCost) {
    const least = costs.indexOf(Math.min(...costs));
    places[i] = least;
    costs[least] += items[i].cost;
  }
  return costs.map((cost, share) => ({
    cost,
    items: items.flatMap(({ item }, i) => (places[i] === share ? [item] : [])),
  }));
}
