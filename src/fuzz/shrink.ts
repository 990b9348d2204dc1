import { readability } from "../inputs/roundings.js";
import { stridesOf } from "../kernels/shape.js";
import { type Case, copyOf, keyOf } from "./case.js";
import type { Domain } from "./domain.js";
import { alike, type Labels, rounder } from "./labels.js";

export interface Shrinking {
  /** The first of some inputs, all of one shape, that shows the defect; undefined when none does. */
  firstFailing(cases: readonly Case[]): Promise<Case | undefined>;
  /** Axes along which an input may get smaller. */
  axes: readonly number[];
  /** Fewest slices along them. */
  fewest: number;
  logits: Domain;
  labels: Labels;
}

/** Rounds over all simplifications; nearly all inputs are as small as they get after two. */
const ROUNDS = 6;

/**
 * The simplest input found that still shows the defect: fewest numbers first, then fewest that are not 0,
 * then the roundest decimals. Each step is simpler than the one before, so it ends.
 */
export async function shrink(start: Case, shrinking: Shrinking): Promise<Case> {
  let best = copyOf(start);
  const tryAll = async (candidates: readonly Case[]): Promise<boolean> => {
    const seen = new Set<string>();
    const fresh = candidates.filter(
      (one) => isSimpler(one, best) && !seen.has(keyOf(one)) && seen.add(keyOf(one)),
    );
    const next = fresh.length === 0 ? undefined : await shrinking.firstFailing(fresh);
    if (next !== undefined) best = next;
    return next !== undefined;
  };
  for (let round = 0; round < ROUNDS; round++) {
    const before = keyOf(best);
    for (const axis of shrinking.axes) while (await tryFewer(axis)) {}
    const size = best.logits.length;
    if (size > 1) await tryAll(sparser(best, shrinking.logits));
    for (const simpler of shrinking.labels.simpler(size)) await tryAll(simpler(best));
    for (let at = 0; at < size; at++) {
      // What is equal may have to stay equal.
      if (size > 1) await tryAll(rounder(best, "logits", alike(best.logits, at), shrinking.logits));
      await tryAll(rounder(best, "logits", [at], shrinking.logits));
    }
    if (keyOf(best) === before) break;
  }
  return best;

  /** Halves, single slices, and all but one slice of an axis. */
  async function tryFewer(axis: number): Promise<boolean> {
    const n = best.shape[axis];
    if (n <= shrinking.fewest) return false;
    const indices = [...Array(n).keys()];
    const choices = [
      ...indices.map((i) => [i]),
      ...(n > 3 ? [indices.slice(0, n >> 1), indices.slice(n >> 1)] : []),
      ...indices.map((i) => indices.filter((j) => j !== i)),
    ].filter(({ length }) => length >= shrinking.fewest);
    for (const size of new Set(choices.map(({ length }) => length))) {
      const some = choices.filter(({ length }) => length === size);
      if (await tryAll(some.map((kept) => part(best, axis, kept, shrinking.labels)))) return true;
    }
    return false;
  }
}

/** Fewer logits; of as many, fewer that are not 0; of as many, easier to read. */
function isSimpler(a: Case, b: Case): boolean {
  const [one, other] = [a, b].map(({ logits, labels }) => [
    logits.length,
    logits.filter((x) => x !== 0).length,
    [...logits, ...labels].reduce((sum, x) => sum + readability(x), 0),
  ]);
  const at = one.findIndex((n, i) => n !== other[i]);
  return at >= 0 && one[at] < other[at];
}

/** Inputs whose logits are all 0, or all but one, or all alike. */
function sparser(from: Case, domain: Domain): Case[] {
  const zero = domain.nearest(0);
  const filled = (x: number, except = -1) => from.logits.map((old, i) => (i === except ? old : x));
  return [
    filled(zero),
    ...Array.from(from.logits, (_, i) => filled(zero, i)),
    ...Array.from(from.logits, (x) => filled(x)),
  ].map((logits) => ({ ...from, logits }));
}

/** The part of an input at some indices of an axis. */
function part({ shape, logits, labels }: Case, axis: number, kept: readonly number[], space: Labels): Case {
  const stride = stridesOf(shape)[axis];
  const isKept = (i: number) => kept.includes(Math.floor(i / stride) % shape[axis]);
  return {
    shape: shape.map((n, a) => (a === axis ? kept.length : n)),
    logits: logits.filter((_, i) => isKept(i)),
    labels: space.fit(labels.filter((_, i) => isKept(i))),
  };
}
