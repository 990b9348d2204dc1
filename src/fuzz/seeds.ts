import type { Case } from "./case.js";
import type { Domain } from "./domain.js";
import type { Labels } from "./labels.js";
import { PLACES } from "./places.js";

/**
 * The first inputs of a shape: places at which formulas break, in all numbers at
 * once, in the first alone and beside others, with the labels 0, 1 and between.
 */
export function seeds(shape: readonly number[], logits: Domain, labels: Labels): Case[] {
  const size = shape.reduce((a, b) => a * b, 1);
  const inside = PLACES.filter((x) => logits.has(x));
  const ends = [logits.low, logits.high].filter((x) => !inside.includes(x));
  const xs = [...inside, ...ends, ...logits.extra];
  const rows = size === 1 ? xs.map((x) => [x]) : xs.flatMap((x) => arrangements(x, size, logits));
  const targets = labels.seeds(size);
  // The first few labels for every place come before the other labels of any.
  const first = targets.slice(0, 3);
  const cases: Case[] = [];
  const add = (some: readonly number[][], with_: readonly number[][]) => {
    for (const row of some)
      for (const target of with_)
        cases.push({ shape, logits: Float32Array.from(row), labels: Float32Array.from(target) });
  };
  add(rows, first);
  add(rows, targets.slice(3));
  // Where what is predicted is the label, differences are 0.
  for (const row of rows.filter((row) => row.every((x) => labels.has(x)))) {
    cases.push({ shape, logits: Float32Array.from(row), labels: Float32Array.from(row) });
  }
  return cases;
}

function arrangements(x: number, size: number, logits: Domain): number[][] {
  const rest = logits.nearest(0);
  const alone = Array.from({ length: size }, (_, i) => (i === 0 ? x : rest));
  const all = new Array<number>(size).fill(x);
  const others = Array.from({ length: size }, (_, i) => (i === 0 ? rest : x));
  return Object.is(x, rest) ? [all] : [alone, all, others];
}
