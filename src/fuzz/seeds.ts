import { sizeOf } from "../kernels/shape.js";
import { type Case, keyOf } from "./case.js";
import type { Domain } from "./domain.js";
import type { Labels } from "./labels.js";
import { PLACES } from "./places.js";

/** What a place, an arrangement and a choice of labels further down their lists cost: the cheapest inputs come first. */
const COST = { place: 1, arrangement: 2, labels: 3 };
/** Floats by which numbers differ that nearly cancel. */
const NEAR = 2 ** 10;

/**
 * The first inputs of a shape: places at which formulas break, in all numbers at once, in the first alone, beside
 * others and beside near ones, with the labels 0, 1 and between, and with labels that are the logits.
 */
export function seeds(shape: readonly number[], logits: Domain, labels: Labels): Case[] {
  const size = sizeOf(shape);
  const first = [0, logits.high, logits.low];
  const others = PLACES.filter((x) => !first.some((one) => Object.is(one, x)));
  const places = [...first, ...others].filter((x) => logits.has(x));
  const targets = labels.seeds(size).map((target) => Float32Array.from(target));
  const ranked = [...places, ...logits.extra].flatMap((x, place) =>
    arrangements(x, size, logits).flatMap((row, arrangement) => {
      const numbers = Float32Array.from(row);
      const cost = COST.place * place + COST.arrangement * arrangement;
      const isLabel = labels.fit(numbers).every((z, i) => z === numbers[i]);
      const all = isLabel ? [...targets.slice(0, 2), numbers, ...targets.slice(2)] : targets;
      return all.map((target, i) => ({
        cost: cost + COST.labels * i,
        input: { shape, logits: numbers, labels: target },
      }));
    }),
  );
  ranked.sort((a, b) => a.cost - b.cost);
  return [...new Map(ranked.map(({ input }) => [keyOf(input), input])).values()];
}

function arrangements(x: number, size: number, logits: Domain): number[][] {
  const rest = logits.nearest(0);
  if (size === 1) return [[x]];
  const filled = (number: (i: number) => number) => Array.from({ length: size }, (_, i) => number(i));
  const all = filled(() => x);
  const near = filled((i) => logits.step(x, i * NEAR));
  const alone = filled((i) => (i === 0 ? x : rest));
  const others = filled((i) => (i === 0 ? rest : x));
  return Object.is(x, rest) ? [all, near] : [alone, others, all, near];
}
