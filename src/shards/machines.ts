import type { Blob } from "./blob.js";
import { firstDifference } from "./difference.js";

/** One sentence for each target that is not the same on all machines: no machine alone would have given the result. */
export function differentMachines(blobs: readonly Blob[]): string[] {
  const all = blobs.flatMap(({ done: { sweep, fuzz } }) =>
    [...(sweep?.parts ?? []), ...(fuzz?.parts ?? [])].flatMap(({ result }) => result?.target ?? []),
  );
  return [...new Set(all.map(({ name }) => name))].flatMap((name) => {
    const [first, ...others] = all.filter((target) => target.name === name);
    for (const other of others) {
      const difference = firstDifference(first, other);
      if (!difference) continue;
      const [a, b] = difference.values.map((value) => JSON.stringify(value) ?? "unknown");
      return `${name} was not the same on all machines: ${difference.place} is ${a} on one and ${b} on another.`;
    }
    return [];
  });
}
