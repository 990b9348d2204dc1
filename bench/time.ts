/** Milliseconds that a call takes. */
export async function timed(f: () => unknown): Promise<number> {
  const start = performance.now();
  await f();
  return performance.now() - start;
}

/**
 * The smallest time of several calls: what else runs on the machine only ever
 * adds to a time, so the smallest one tells most of the code.
 */
export async function fastest(times: number, f: () => unknown): Promise<number> {
  let best = Infinity;
  for (let i = 0; i < times; i++) best = Math.min(best, await timed(f));
  return best;
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
