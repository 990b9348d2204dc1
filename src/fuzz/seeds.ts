import { sizeOf } from "../kernels/shape.js";
import { type Case, keyOf } from "./case.js";
import type { Domain } from "./domain.js";
import type { Labels } from "./labels.js";
import { PLACES } from "./places.js";

/** So many labels go with every place before the other labels go with any. */
const FIRST = 3;

/**
 * The first inputs of a shape: places at which formulas break, in all numbers at
 * once, in the first alone and beside others, with the labels 0, 1 and between.
 */
export function seeds(shape: readonly number[], logits: Domain, labels: Labels): Case[] {
  const size = sizeOf(shape);
  const inside = PLACES.filter((x) => logits.has(x));
  const ends = [logits.low, logits.high].filter((x) => !inside.includes(x));
  const xs = [...inside, ...ends, ...logits.extra];
  const rows = xs.flatMap((x) => arrangements(x, size, logits)).map((row) => Float32Array.from(row));
  const targets = labels.seeds(size).map((target) => Float32Array.from(target));
  const cases: Case[] = [];
  for (const some of [targets.slice(0, FIRST), targets.slice(FIRST)]) {
    for (const row of rows) for (const target of some) cases.push({ shape, logits: row, labels: target });
  }
  // Where what is predicted is the label, differences are 0.
  for (const row of rows) {
    if (labels.fit(row).every((z, i) => z === row[i])) cases.push({ shape, logits: row, labels: row });
  }
  return [...new Map(cases.map((one) => [keyOf(one), one])).values()];
}

function arrangements(x: number, size: number, logits: Domain): number[][] {
  const rest = logits.nearest(0);
  if (size === 1) return [[x]];
  const alone = Array.from({ length: size }, (_, i) => (i === 0 ? x : rest));
  const all = new Array<number>(size).fill(x);
  const others = Array.from({ length: size }, (_, i) => (i === 0 ? rest : x));
  return Object.is(x, rest) ? [all] : [alone, all, others];
}
