import { fromOrdinal, ordinal } from "../inputs/float32.js";
import type { Domain } from "./domain.js";

/**
 * The interval of floats around one that fails, whose ends fail and the floats next to them do not; or which ends
 * where the domain does. Between the ends some floats may not fail. At most `atOnce` floats are asked about in one
 * call. A float that is not finite, or outside of the domain, stands for itself alone.
 */
export async function failingInterval(
  x: number,
  domain: Domain,
  atOnce: number,
  fails: (xs: Float32Array) => Promise<boolean[]>,
): Promise<{ from: number; to: number }> {
  if (!(x >= domain.low && x <= domain.high)) return { from: x, to: x };
  return { from: await end(-1), to: await end(1) };

  async function end(side: 1 | -1): Promise<number> {
    const limit = Math.abs(ordinal(side > 0 ? domain.high : domain.low) - ordinal(x));
    const at = (distance: number) => (distance === 0 ? x : fromOrdinal(ordinal(x) + side * distance));
    const firstFine = async (distances: readonly number[]): Promise<number> => {
      for (let from = 0; from < distances.length; from += atOnce) {
        const failing = await fails(Float32Array.from(distances.slice(from, from + atOnce), at));
        const found = failing.indexOf(false);
        if (found >= 0) return from + found;
      }
      return -1;
    };
    const doubled: number[] = [];
    for (let distance = 1; distance < limit; distance *= 2) doubled.push(distance);
    if (limit > 0) doubled.push(limit);
    const first = await firstFine(doubled);
    if (first < 0) return at(limit);
    let [bad, fine] = [first === 0 ? 0 : doubled[first - 1], doubled[first]];
    while (fine - bad > 1) {
      const n = Math.min(atOnce, fine - bad - 1);
      const distances = Array.from(
        { length: n },
        (_, i) => bad + Math.ceil(((i + 1) * (fine - bad)) / (n + 1)),
      );
      const found = await firstFine(distances);
      if (found < 0) bad = distances[distances.length - 1];
      else [bad, fine] = [found === 0 ? bad : distances[found - 1], distances[found]];
    }
    return at(bad);
  }
}
