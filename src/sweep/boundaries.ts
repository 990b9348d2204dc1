import { fromOrdinal, ordinal } from "../inputs/float32.js";
import { goldenFraction } from "../inputs/golden.js";
import type { Cluster } from "../judge/clusters.js";

/** A region of one verdict with its exact ends. */
export interface Region {
  /** The first and the last failing float32. */
  from: number;
  to: number;
  /** The share of the floats from `from` to `to` that fails; below 1 the region is mixed. */
  share: number;
  /** The part of a mixed region beyond which all floats fail, and the share of it that does. */
  mixed?: { from: number; to: number; share: number };
}

/** Some floats at which the verdict of a cluster may hold. */
export interface Question<C> {
  cluster: C;
  xs: Float32Array;
}

/** Evaluates floats on the real target: for each question a 1 where the verdict of its cluster holds, else a 0. */
export type FailsAt<C> = (questions: readonly Question<C>[]) => Uint8Array[] | Promise<Uint8Array[]>;

/** A search that asks about floats, given as ordinals, until it knows its result. */
type Search<R> = Generator<Int32Array, R, Uint8Array>;

/**
 * In a mixed region the search takes a good float for the outside where others fail beyond it. So many batches
 * of floats beyond the end that it found are evaluated, as long as some of them fail.
 */
const LOOKS = 8;

/** A region of at most this many floats is evaluated whole when some of them don't fail. */
const WHOLE = 2 ** 14;
/** How many floats of a larger region are evaluated for the share that fails. */
const SAMPLE = 1024;
/** Floats that come in smaller batches than this are slow to evaluate: 32 of them must do. */
const FEW = 64;

/**
 * The exact ends of regions that a sweep saw, to one ulp: between a point that
 * fails and its neighbour in the sweep that does not, `batch` floats at a time
 * are evaluated, evenly spaced in ordinals, and the search goes on beside the
 * outermost failing one until its neighbour is the next float. With a batch of 1
 * this is bisection; a large batch also finds failures that are not contiguous.
 * All regions are searched side by side, so that their questions come together.
 */
export async function findRegions<C extends Cluster>(
  clusters: readonly C[],
  failsAt: FailsAt<C>,
  batch: number,
): Promise<Region[]> {
  const ends = await together(
    clusters.flatMap((cluster) => [
      { cluster, search: end(cluster.before, cluster.first, batch) },
      { cluster, search: end(cluster.after, cluster.last, batch) },
    ]),
    failsAt,
  );
  const shares = await together(
    clusters.map((cluster, i) => ({ cluster, search: inside(ends[2 * i], ends[2 * i + 1], batch) })),
    failsAt,
  );
  return shares.map((share, i) => ({ from: ends[2 * i], to: ends[2 * i + 1], ...share }));
}

/** Runs searches side by side, and puts what they ask at the same time as one. */
async function together<C, R>(
  searches: { cluster: C; search: Search<R> }[],
  failsAt: FailsAt<C>,
): Promise<R[]> {
  const states = searches.map(({ search }) => search.next());
  for (;;) {
    const open = states.flatMap(({ done }, i) => (done ? [] : [i]));
    if (open.length === 0) return states.map(({ value }) => value as R);
    const answers = await failsAt(
      open.map((i) => ({ cluster: searches[i].cluster, xs: floats(states[i].value as Int32Array) })),
    );
    open.forEach((i, k) => {
      states[i] = searches[i].search.next(answers[k]);
    });
  }
}

/** The failing float nearest to `good`, searched between it and `bad`, which may lie on either side. */
function* end(good: number | undefined, bad: number, batch: number): Search<number> {
  if (good === undefined || !Number.isFinite(good)) return bad;
  const found = yield* outermost(ordinal(bad), ordinal(good), batch, 1);
  return found === 0 && Object.is(bad, -0) ? bad : fromOrdinal(found);
}

/** From one float of an answer towards another of the other answer, the last float that has the first one's. */
function* outermost(from: number, limit: number, batch: number, answer: 0 | 1): Search<number> {
  let outside = limit;
  let inside = from;
  while (Math.abs(inside - outside) > 1) {
    const between = spread(outside, inside, batch);
    const first = (yield between).indexOf(answer);
    inside = first < 0 ? inside : between[first];
    if (first !== 0) outside = between[(first < 0 ? between.length : first) - 1];
  }
  for (let look = 0; batch > 1 && look < LOOKS; look++) {
    const beyond = beside(inside, limit, batch);
    if (beyond.length === 0) break;
    const last = (yield beyond).lastIndexOf(answer);
    if (last < 0) break;
    inside = beyond[last];
  }
  return inside;
}

/** How much of a region fails, and which part of it is mixed. */
function* inside(from: number, to: number, batch: number): Search<Pick<Region, "share" | "mixed">> {
  const [first, last] = [ordinal(from), ordinal(to)];
  if (last - first < 2) return { share: 1 };
  const isSlow = batch < FEW;
  const looked = sample(first, last, isSlow ? 32 : SAMPLE);
  const fails = yield looked;
  const sampled = share(fails);
  if (sampled === 1 || isSlow) return { share: sampled };
  if (last - first < WHOLE) return { share: share(yield sample(first, last, WHOLE)) };
  const low = yield* outermost(looked[fails.indexOf(0)], first, batch, 0);
  const high = yield* outermost(looked[fails.lastIndexOf(0)], last, batch, 0);
  // Chance alone makes no stretch of so many failing floats at an end.
  const [start, stop] = [low - first > SAMPLE ? low : first, last - high > SAMPLE ? high : last];
  if (start === first && stop === last) return { share: sampled };
  const part = share(yield sample(start, stop, SAMPLE));
  const mixed = { from: fromOrdinal(start), to: fromOrdinal(stop), share: part };
  // The whole is counted from its parts: a sample of it may have few floats in a small one.
  return { share: 1 - ((1 - part) * (stop - start + 1)) / (last - first + 1), mixed };
}

function share(fails: Uint8Array): number {
  return fails.reduce((sum, failed) => sum + failed, 0) / fails.length;
}

/** At most n integers next to a, towards b, which is not one of them. */
function beside(a: number, b: number, n: number): Int32Array {
  const sign = b > a ? 1 : -1;
  const integers = new Int32Array(Math.max(0, Math.min(n, Math.abs(b - a) - 1)));
  for (let k = 0; k < integers.length; k++) integers[k] = a + sign * (k + 1);
  return integers;
}

/** At most n integers strictly between a and b, evenly spaced, from the side of a. */
function spread(a: number, b: number, n: number): Int32Array {
  const between = Math.abs(b - a) - 1;
  const sign = b > a ? 1 : -1;
  const integers = new Int32Array(Math.min(n, between));
  const { length } = integers;
  for (let k = 0; k < length; k++) integers[k] = a + sign * (1 + Math.floor((between * (k + 0.5)) / length));
  return integers;
}

/**
 * At most n of the integers from first to last, one from each of n equal parts: at the fractional parts of
 * multiples of the golden ratio, since even spacing would see every second float, or every 16th, as all or none.
 */
function sample(first: number, last: number, n: number): Int32Array {
  const size = last - first + 1;
  const integers = new Int32Array(Math.min(n, size));
  const part = size / integers.length;
  for (let k = 0; k < integers.length; k++) {
    integers[k] = first + Math.floor(part * (k + goldenFraction(k)));
  }
  return integers;
}

function floats(ordinals: Int32Array): Float32Array {
  const xs = new Float32Array(ordinals.length);
  for (let i = 0; i < xs.length; i++) xs[i] = fromOrdinal(ordinals[i]);
  return xs;
}
