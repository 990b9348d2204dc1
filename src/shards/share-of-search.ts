import type { FuzzOptions } from "../fuzz/options.js";
import type { ResolvedLoss } from "../losses/resolve.js";
import type { Shard } from "../sweep/options.js";
import { fuzzCost } from "./cost.js";
import { countImplementations } from "./count-implementations.js";
import { shareOut } from "./share-out.js";

/** One loss on one target, with the options of that loss. */
export interface Searched {
  loss: ResolvedLoss;
  target: string;
  own: FuzzOptions;
}

/** What a shard searches, of losses on targets: the implementations of a loss are searched together, since they are compared. */
export function shareOfSearch<T extends Searched>(all: readonly T[], { index, of }: Shard): T[] {
  const weighed = all.map((item) => ({
    item,
    cost: fuzzCost(item.loss, item.target, item.own, countImplementations(item.loss)),
  }));
  return shareOut(weighed, of)[index - 1].items;
}
