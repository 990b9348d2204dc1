import { fromOrdinal, ordinal } from "../inputs/float32.js";
import type { Cluster } from "../judge/clusters.js";

/** A region of one verdict with its exact ends. */
export interface Region {
  /** The first and the last failing float32. */
  from: number;
  to: number;
  /** The share of the floats from `from` to `to` that fails; below 1 the region is mixed. */
  share: number;
}

/**
 * In a mixed region the search takes a good float for the outside where others fail beyond it. So many batches
 * of floats beyond the end that it found are evaluated, as long as some of them fail.
 */
const LOOKS = 8;

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Whether the verdict of the region holds at each of some logits, evaluated on the real target. */
export type FailsAt = (xs: Float32Array) => boolean[];

/** A region of at most this many floats is evaluated whole when some of them don't fail. */
const WHOLE = 2 ** 14;
/** How many floats of a larger region are evaluated for the share that fails. */
const SAMPLE = 1024;
/** Floats that come in smaller batches than this are slow to evaluate: 32 of them must do. */
const FEW = 64;

/**
 * The exact ends of a region that a sweep saw, to one ulp: between a point that
 * fails and its neighbour in the sweep that does not, `batch` floats at a time
 * are evaluated, evenly spaced in ordinals, and the search goes on beside the
 * outermost failing one until its neighbour is the next float. With a batch of 1
 * this is bisection; a large batch also finds failures that are not contiguous.
 */
export function findRegion(cluster: Cluster, failsAt: FailsAt, batch: number): Region {
  const from =
    cluster.before === undefined ? cluster.first : edge(cluster.before, cluster.first, failsAt, batch);
  const to = cluster.after === undefined ? cluster.last : edge(cluster.after, cluster.last, failsAt, batch);
  return { from, to, share: shareOf(from, to, failsAt, batch) };
}

/** The failing float nearest to `good`, searched between it and `bad`, which may lie on either side. */
function edge(good: number, bad: number, failsAt: FailsAt, batch: number): number {
  if (!Number.isFinite(good)) return bad;
  const limit = ordinal(good);
  let outside = limit;
  let inside = ordinal(bad);
  while (Math.abs(inside - outside) > 1) {
    const between = spread(outside, inside, batch);
    const fails = failsAt(floats(between));
    const first = fails.indexOf(true);
    inside = first < 0 ? inside : between[first];
    if (first !== 0) outside = between[(first < 0 ? between.length : first) - 1];
  }
  for (let look = 0; batch > 1 && look < LOOKS; look++) {
    const beyond = beside(inside, limit, batch);
    const last = failsAt(floats(beyond)).lastIndexOf(true);
    if (last < 0) break;
    inside = beyond[last];
  }
  return inside === 0 && Object.is(bad, -0) ? bad : fromOrdinal(inside);
}

/** At most n integers next to a, towards b, which is not one of them. */
function beside(a: number, b: number, n: number): number[] {
  const sign = b > a ? 1 : -1;
  return Array.from({ length: Math.min(n, Math.abs(b - a) - 1) }, (_, k) => a + sign * (k + 1));
}

function shareOf(from: number, to: number, failsAt: FailsAt, batch: number): number {
  const [first, last] = [ordinal(from), ordinal(to)];
  if (last - first < 2) return 1;
  const isSlow = batch < FEW;
  const sampled = share(sample(first, last, isSlow ? 32 : SAMPLE), failsAt, batch);
  if (sampled === 1 || isSlow || last - first >= WHOLE) return sampled;
  return share(sample(first, last, WHOLE), failsAt, batch);
}

function share(ordinals: number[], failsAt: FailsAt, batch: number): number {
  let failing = 0;
  for (let i = 0; i < ordinals.length; i += batch) {
    for (const fails of failsAt(floats(ordinals.slice(i, i + batch)))) if (fails) failing++;
  }
  return failing / ordinals.length;
}

/** At most n integers strictly between a and b, evenly spaced, from the side of a. */
function spread(a: number, b: number, n: number): number[] {
  const between = Math.abs(b - a) - 1;
  const count = Math.min(n, between);
  const sign = b > a ? 1 : -1;
  return Array.from({ length: count }, (_, k) => a + sign * (1 + Math.floor((between * (k + 0.5)) / count)));
}

/**
 * At most n of the integers from first to last, one from each of n equal parts: at the fractional parts of
 * multiples of the golden ratio, since even spacing would see every second float, or every 16th, as all or none.
 */
function sample(first: number, last: number, n: number): number[] {
  const size = last - first + 1;
  const count = Math.min(n, size);
  return Array.from(
    { length: count },
    (_, k) => first + Math.floor((size / count) * (k + ((k * GOLDEN) % 1))),
  );
}

function floats(ordinals: number[]): Float32Array {
  return Float32Array.from(ordinals, fromOrdinal);
}
