import { pick } from "../arbitraries/pick.js";
import type { Random } from "../inputs/random.js";
import { roundings } from "../inputs/roundings.js";
import { type Case, copyOf } from "./case.js";
import { Domain } from "./domain.js";
import { climb, label } from "./draw.js";
import { LABELS } from "./places.js";

/** Where labels lie unless it is said otherwise. */
export const UNIT: readonly [number, number] = [0, 1];

/** The labels that inputs of a loss may have. */
export interface Labels {
  /** Of one input, most telling first; the first few go with every place of the logits. */
  seeds(size: number): number[][];
  draw(random: Random, shape: readonly number[], logits: Float32Array): Float32Array;
  /** Changes those of an input in place, a little or a lot; `other` is an input of the same shape. */
  change(random: Random, child: Case, other: Case): void;
  /** Lists of inputs with simpler labels, to be tried one list after the other, each against the best so far. */
  simpler(size: number): ((from: Case) => Case[])[];
  /** Labels that are allowed, beside numbers that may not be: a part of other labels, a heat map, logits. */
  fit(numbers: Float32Array): Float32Array;
}

/** Each label by itself, from a range. */
export class FreeLabels implements Labels {
  readonly #domain: Domain;

  constructor(domain: Domain) {
    this.#domain = domain;
  }

  fit(numbers: Float32Array): Float32Array {
    return numbers.map((x) => this.#domain.nearest(x));
  }

  seeds(size: number): number[][] {
    const [zero, one] = [this.#domain.nearest(0), this.#domain.nearest(1)];
    const zs = LABELS.filter((z) => this.#domain.has(z));
    for (const z of [this.#domain.low, this.#domain.high]) if (!zs.includes(z)) zs.push(z);
    if (size === 1) return zs.map((z) => [z]);
    const fill = (z: number) => new Array<number>(size).fill(z);
    const only = (at: number) => Array.from({ length: size }, (_, i) => (i === at ? one : zero));
    return [only(0), fill(zero), fill(one), only(size - 1), ...zs.map(fill)];
  }

  draw(random: Random, shape: readonly number[], logits: Float32Array): Float32Array {
    const domain = this.#domain;
    const each = (next: (i: number) => number) => logits.map((_, i) => domain.nearest(next(i)));
    const classes = shape[shape.length - 1];
    switch (random.integer(0, logits.length === 1 ? 3 : 6)) {
      case 0: {
        const z = label(random, domain);
        return each(() => z);
      }
      case 1:
        return each(() => label(random, domain));
      case 2:
        return each(() => random.integer(0, 1));
      case 3: {
        const factor = pick(random, [1, 1, -1, 2, 0.5]);
        return each((i) => factor * logits[i]);
      }
      case 4: {
        const at = random.integer(0, classes - 1);
        return each((i) => (i % classes === at ? 1 : 0));
      }
      case 5: {
        const weights = distribution(Array.from(logits, () => random.uint32() + 1));
        return each((i) => weights[i]);
      }
      default: {
        const z = label(random, domain);
        const ulps = 2 ** random.integer(0, 20);
        return each(() => domain.step(z, random.integer(-ulps, ulps)));
      }
    }
  }

  change(random: Random, child: Case, other: Case): void {
    const domain = this.#domain;
    const z = child.labels;
    const at = random.integer(0, z.length - 1);
    switch (random.integer(0, 5)) {
      case 0:
        z[at] = domain.step(z[at], climb(random));
        break;
      case 1:
        z[at] = label(random, domain);
        break;
      case 2:
        z[at] = domain.nearest(random.integer(0, 1));
        break;
      case 3:
        z[at] = domain.nearest(pick(random, [child.logits[at], z[random.integer(0, z.length - 1)]]));
        break;
      case 4:
        z.set(other.labels);
        break;
      default:
        z.fill(label(random, domain));
    }
  }

  simpler(size: number): ((from: Case) => Case[])[] {
    const all = (from: Case) =>
      [0, 1].map((z) => ({ ...from, labels: from.labels.map(() => this.#domain.nearest(z)) }));
    const each = Array.from({ length: size }, (_, at) => [
      ...(size > 1 ? [(from: Case) => rounder(from, "labels", alike(from.labels, at), this.#domain)] : []),
      (from: Case) => rounder(from, "labels", [at], this.#domain),
    ]);
    return [all, ...each.flat()];
  }
}

const PROBABILITIES = new Domain(0, 1);

/** A probability for each class of a row: one class, smoothed, or any distribution. Their sum is 1 exactly. */
export class DistributedLabels implements Labels {
  fit(numbers: Float32Array): Float32Array {
    return distribution(Array.from(numbers, (x) => PROBABILITIES.nearest(x)));
  }

  seeds(size: number): number[][] {
    const shares = [
      one(size, 0),
      one(size, size - 1),
      new Array<number>(size).fill(1),
      smoothed(size, 0, 0.9),
    ];
    return shares.map((weights) => [...distribution(weights)]);
  }

  draw(random: Random, shape: readonly number[]): Float32Array {
    const classes = shape[shape.length - 1];
    const at = random.integer(0, classes - 1);
    switch (random.integer(0, 2)) {
      case 0:
        return distribution(one(classes, at));
      case 1:
        return distribution(smoothed(classes, at, pick(random, [0.9, 0.99, 1 - 2 ** -24, 1 / classes])));
      default:
        return distribution(Array.from({ length: classes }, () => random.uint32() + 1));
    }
  }

  change(random: Random, child: Case, other: Case): void {
    child.labels.set(random.integer(0, 1) === 0 ? other.labels : this.draw(random, child.shape));
  }

  simpler(): ((from: Case) => Case[])[] {
    const hot = (from: Case) =>
      [...from.labels.keys()].map((at) => ({ ...from, labels: distribution(one(from.labels.length, at)) }));
    const rounded = (from: Case) => {
      const size = from.labels.length;
      const at = from.labels.indexOf(Math.max(...from.labels));
      const shares = [0.5, 1 / size, ...roundings(from.labels[at])].filter((p) => p > 0 && p < 1);
      return shares.map((p) => ({ ...from, labels: distribution(smoothed(size, at, p)) }));
    };
    return [hot, rounded];
  }
}

function one(size: number, at: number): number[] {
  return smoothed(size, at, 1);
}

/** The probability p of one class, and the rest for all others alike. */
function smoothed(size: number, at: number, p: number): number[] {
  return Array.from({ length: size }, (_, i) => (i === at ? p : (1 - p) / (size - 1)));
}

/** The multiples of 2^-24, which are float32 numbers, nearest to weights that are scaled to the sum 1; the largest makes it exact. */
function distribution(weights: readonly number[]): Float32Array {
  const total = weights.reduce((a, b) => a + b);
  if (total === 0) return distribution(one(weights.length, 0));
  const parts = weights.map((weight) => Math.round((weight / total) * 2 ** 24));
  const largest = parts.indexOf(Math.max(...parts));
  parts[largest] += 2 ** 24 - parts.reduce((a, b) => a + b);
  return Float32Array.from(parts, (part) => part / 2 ** 24);
}

/** The places of all numbers that are the same as one of them. */
export function alike(numbers: Float32Array, at: number): number[] {
  return [...numbers.keys()].filter((i) => Object.is(numbers[i], numbers[at]));
}

/** Inputs in which some numbers, all the same, are rounder. */
export function rounder(
  from: Case,
  part: "logits" | "labels",
  at: readonly number[],
  domain: Domain,
): Case[] {
  return [...roundings(from[part][at[0]])]
    .filter((y) => domain.has(y))
    .map((y) => {
      const candidate = copyOf(from);
      for (const i of at) candidate[part][i] = y;
      return candidate;
    });
}
