import { pick } from "../arbitraries/pick.js";
import { drawSample } from "../inputs/heatmaps.js";
import { drawLogit, logitSources } from "../inputs/logit-distributions.js";
import type { Random } from "../inputs/random.js";
import { sizeOf } from "../kernels/shape.js";
import type { Case } from "./case.js";
import type { Domain } from "./domain.js";
import type { Labels } from "./labels.js";
import { LABELS, PLACES } from "./places.js";

/** Floats away from a place that still count as beside it. */
const BESIDE = 16;
/** In a sample of a heat map there are so many objects at most, of at most this radius. */
const OBJECTS = 2;
const RADIUS = 2;

/** A fresh input of a shape. */
export function draw(random: Random, shape: readonly number[], logits: Domain, labels: Labels): Case {
  const size = sizeOf(shape);
  if (size >= 4 && shape.length === 4 && random.integer(0, 1) === 0) {
    return drawMap(random, shape, logits, labels);
  }
  const x = drawLogits(random, size, logits);
  return { shape, logits: x, labels: labels.draw(random, shape, x) };
}

/** Heat maps of [batch, height, width, class] as one network sees them. Samples have objects or none. */
function drawMap(random: Random, shape: readonly number[], logits: Domain, labels: Labels): Case {
  const [batch, height, width, classes] = shape;
  const source = pick(random, logitSources);
  const samples = Array.from({ length: batch }, () => {
    const objects = Array.from({ length: random.integer(0, OBJECTS) }, () => ({
      y: random.integer(0, height - 1),
      x: random.integer(0, width - 1),
      class: random.integer(0, classes - 1),
      radius: random.integer(0, RADIUS),
    }));
    return drawSample(random, [height, width, classes], objects, source);
  });
  return {
    shape,
    logits: Float32Array.from(samples.flatMap((map) => Array.from(map.logits, (x) => logits.nearest(x)))),
    labels: labels.fit(Float32Array.from(samples.flatMap((map) => [...map.labels]))),
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
      const source = pick(random, logitSources);
      return each(() => domain.nearest(drawLogit(random, source)));
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
      const size = scale(random);
      return each(() => domain.nearest(random.normal(0, size)));
    }
  }
}

/** One number, of any exponent, beside a place, of some scale, or as networks give it. */
export function one(random: Random, domain: Domain): number {
  switch (random.integer(0, 5)) {
    case 0:
    case 1:
      return domain.bits(random);
    case 2:
      return domain.step(domain.nearest(pick(random, PLACES)), random.integer(-BESIDE, BESIDE));
    case 3:
      return pick(random, [...domain.extra, domain.low, domain.high, domain.nearest(pick(random, PLACES))]);
    case 4:
      return domain.nearest(random.normal(0, scale(random)));
    default: {
      const sign = random.integer(0, 1) === 0 ? 1 : -1;
      return domain.nearest(sign * drawLogit(random, pick(random, logitSources)));
    }
  }
}

/** From a millionth to a thousand, each power of 2 as likely. */
function scale(random: Random): number {
  return 2 ** random.integer(-20, 10);
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

/** Steps of one float to most of a binade's 2^23, and further, each size as likely. */
export function climb(random: Random): number {
  const size = 2 ** random.integer(0, 26);
  return (random.integer(0, 1) === 0 ? 1 : -1) * random.integer(Math.ceil(size / 2), size);
}
