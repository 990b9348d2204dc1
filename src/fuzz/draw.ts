import { heatmaps } from "../inputs/heatmaps.js";
import type { Random } from "../inputs/random.js";
import type { Case } from "./case.js";
import type { Domain } from "./domain.js";
import type { Labels } from "./labels.js";
import { LABELS, PLACES } from "./places.js";

/** What networks give: mean and deviation of the logits at initialisation, trained, over-confident, mis-scaled, saturated. */
const NETWORKS = [
  [-2.19, 0.1],
  [0, 1],
  [-6, 4],
  [-36, 20],
  [-240, 200],
  [0, 40],
] as const;

/** Floats away from a place that still count as beside it. */
const BESIDE = 16;

/** A fresh input of a shape. */
export function draw(random: Random, shape: readonly number[], logits: Domain, labels: Labels): Case {
  const size = shape.reduce((a, b) => a * b, 1);
  if (size >= 4 && shape.length === 4 && random.integer(0, 1) === 0) return drawMap(random, shape, logits);
  const x = drawLogits(random, size, logits);
  return { shape, logits: x, labels: labels.draw(random, shape, x) };
}

/** A heat map with objects, as a network sees it. Samples have objects or none. */
function drawMap(random: Random, shape: readonly number[], logits: Domain): Case {
  const [batch, height, width, classes] = shape;
  const samples = Array.from({ length: batch }, () => {
    const seed = random.uint32();
    const count = random.integer(1, 4);
    const objects = [0, random.integer(0, 2)] as const;
    return heatmaps({ count, height, width, classes, objects, seed })[count - 1];
  });
  return {
    shape,
    logits: Float32Array.from(samples.flatMap((map) => Array.from(map.logits, (x) => logits.nearest(x)))),
    labels: Float32Array.from(samples.flatMap((map) => Array.from(map.labels))),
  };
}

function drawLogits(random: Random, size: number, domain: Domain): Float32Array {
  const each = (next: (i: number) => number) => Float32Array.from({ length: size }, (_, i) => next(i));
  const wild = () => one(random, domain);
  switch (size === 1 ? 0 : random.integer(0, 7)) {
    case 0:
    case 1:
      return each(wild);
    case 2: {
      const [mean, deviation] = pick(random, NETWORKS);
      return each(() => domain.nearest(random.normal(mean, deviation)));
    }
    case 3: {
      // Equal but for a few floats: what is subtracted cancels.
      const x = wild();
      const ulps = 2 ** random.integer(0, 20);
      return each(() => domain.step(x, random.integer(-ulps, ulps)));
    }
    case 4: {
      const x = wild();
      return each(() => x);
    }
    case 5: {
      const x = wild();
      const at = random.integer(0, size - 1);
      return each((i) => (i === at ? x : domain.nearest(0)));
    }
    case 6: {
      // Two halves that are alike, or opposite.
      const half = Math.ceil(size / 2);
      const first = each(wild);
      const sign = random.integer(0, 1) === 0 ? 1 : -1;
      return each((i) => (i < half ? first[i] : domain.nearest(sign * first[i - half])));
    }
    default: {
      const scale = 2 ** random.integer(-20, 10);
      return each(() => domain.nearest(random.normal(0, scale)));
    }
  }
}

/** One number, of any exponent, beside a place, or as networks give it. */
export function one(random: Random, domain: Domain): number {
  switch (random.integer(0, 5)) {
    case 0:
    case 1:
      return domain.bits(random);
    case 2:
      return domain.step(domain.nearest(pick(random, PLACES)), random.integer(-BESIDE, BESIDE));
    case 3:
      return pick(random, [...domain.extra, domain.low, domain.high, domain.nearest(pick(random, PLACES))]);
    default: {
      const [mean, deviation] = pick(random, NETWORKS);
      const sign = random.integer(0, 1) === 0 ? 1 : -1;
      return domain.nearest(sign * random.normal(mean, deviation));
    }
  }
}

/** One label: 0, 1, between, next to either, or any in all exponents. */
export function label(random: Random, domain: Domain): number {
  switch (random.integer(0, 4)) {
    case 0:
      return domain.nearest(random.integer(0, 1));
    case 1:
      return domain.nearest(pick(random, LABELS));
    case 2:
      return domain.step(domain.nearest(random.integer(0, 1)), random.integer(-BESIDE, BESIDE));
    case 3:
      return domain.nearest(domain.low + (random.uint32() / 2 ** 32) * (domain.high - domain.low));
    default:
      return domain.bits(random);
  }
}

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.integer(0, from.length - 1)];
}

/** Steps of one float to most of a binade's 2^23, and further, each size as likely. */
export function climb(random: Random): number {
  const size = 2 ** random.integer(0, 26);
  return (random.integer(0, 1) === 0 ? 1 : -1) * random.integer(Math.ceil(size / 2), size);
}
