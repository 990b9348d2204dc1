import { availableParallelism } from "node:os";

export interface PoolOptions {
  /** How many items are worked on at once; undefined: as many as there are processors. */
  jobs?: number;
  /** After an abort no item is begun. */
  signal?: AbortSignal;
}

/** Works on items in their order, several at once. */
export async function inParallel<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  { jobs = availableParallelism(), signal }: PoolOptions = {},
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && !signal?.aborted) await work(items[next++]);
  };
  await Promise.all(Array.from({ length: Math.min(jobs, items.length) }, worker));
}
