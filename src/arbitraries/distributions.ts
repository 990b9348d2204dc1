import type { Arbitrary } from "fast-check";
import { InputError } from "../inputs/input-error.js";
import { Random as SeededRandom } from "../inputs/random.js";
import { readability, roundings } from "../inputs/roundings.js";
import { drawn } from "./drawn.js";
import { pick } from "./pick.js";
import { printable } from "./printable.js";

/**
 * One row of labels, a probability for each class: one-hot; smoothed one-hot,
 * (1 - ε)·one-hot + ε/classes for ε = 0.1 or 0.01 (Szegedy et al. 2016, arXiv
 * 1512.00567, section 7); or uniform over the simplex of all distributions. Its
 * elements are float32 from 0 to 1 that sum to 1 but for their own rounding,
 * classes·2^-25 at most.
 *
 * It shrinks to fewest classes that are not 0, then to round decimals, whose
 * largest one is what the others leave; and to the one-hot row of class 0.
 *
 * Throws an InputError for classes that are no integer from 1 on.
 */
export function distributions(classes: number): Arbitrary<Float32Array> {
  if (!Number.isSafeInteger(classes) || classes < 1) {
    throw new InputError(`Labels of ${classes} classes can't be made: give an integer of at least 1.`);
  }
  return drawn({
    draw: (random) => {
      const seeded = new SeededRandom(random.nextInt());
      return printable(pick(seeded, [oneHot, smoothed, simplex])(seeded, classes));
    },
    isDrawable: (value): value is Float32Array =>
      value instanceof Float32Array &&
      value.length === classes &&
      value.every((p) => p >= 0 && p <= 1) &&
      Math.abs(sum(value) - 1) <= classes * 2 ** -25,
    moves: ({ length }) => [
      oneHots,
      ...Array.from({ length }, (_, i) => (row: Float32Array) => simpler(row, i)),
    ],
  });
}

function oneHot(random: SeededRandom, classes: number): Float32Array<ArrayBuffer> {
  return hot(random.integer(0, classes - 1), classes);
}

function smoothed(random: SeededRandom, classes: number): Float32Array<ArrayBuffer> {
  const smoothing = pick(random, [0.1, 0.01]);
  return oneHot(random, classes).map((p) => (1 - smoothing) * p + smoothing / classes);
}

/** The gaps between sorted uniform numbers, in multiples of 2^-24, so that they sum to 1 exactly. */
function simplex(random: SeededRandom, classes: number): Float32Array<ArrayBuffer> {
  const cuts = Float64Array.from({ length: classes - 1 }, () => random.integer(0, 2 ** 24)).sort();
  const ends = [0, ...cuts, 2 ** 24];
  return Float32Array.from({ length: classes }, (_, i) => (ends[i + 1] - ends[i]) / 2 ** 24);
}

/** Of every class, or, where the row is one-hot already, of those before. */
function* oneHots(row: Float32Array): Generator<Float32Array> {
  const first = row.findIndex((p) => p !== 0);
  const isOneHot = row.every((p, i) => p === 0 || i === first);
  for (let i = 0; i < (isOneHot ? first : row.length); i++) yield printable(hot(i, row.length));
}

/**
 * Rows with simpler numbers for a class, for which the largest one makes up. They
 * have fewer numbers that are not 0, or as many and the two are simpler to read.
 */
function* simpler(row: Float32Array, at: number): Generator<Float32Array> {
  const largest = row.indexOf(row.reduce((a, b) => Math.max(a, b)));
  if (at === largest) return;
  const rank = (xs: Float32Array) => readability(xs[at]) + readability(xs[largest]);
  for (const p of roundings(row[at])) {
    const rest = sum(row) - row[at] - row[largest] + p;
    if (p < 0 || rest >= 1) continue;
    const candidate = row.slice();
    candidate[at] = p;
    candidate[largest] = 1 - rest;
    if (p === 0 || rank(candidate) < rank(row)) yield printable(candidate);
  }
}

const sum = (row: Float32Array) => row.reduce((a, b) => a + b, 0);

function hot(at: number, classes: number): Float32Array<ArrayBuffer> {
  const row = new Float32Array(classes);
  row[at] = 1;
  return row;
}
