import type { Arbitrary } from "fast-check";
import { Random as SeededRandom } from "../inputs/random.js";
import { arrays } from "./arrays.js";
import { sizeOf } from "./check.js";
import { numbers } from "./numbers.js";
import { pick } from "./pick.js";

export interface LabelOptions {
  /**
   * Whether there are labels that are no probabilities too, as mistakes in data
   * give them: -1 (ignore, or the other class of ±1), -1e-9 and 1.0000001 (a
   * rounding error), 2 (a class number), 255 (a mask). False when left out.
   */
  outOfRange?: boolean;
}

/**
 * One label, a float32 from 0 to 1: 0, 1, any number between, or smoothed, which
 * is ε/n where 0 was and 1 - ε + ε/n where 1 was, for ε = 0.1 or 0.01 and
 * n = 2, 10 or 1000 classes (Szegedy et al. 2016, arXiv 1512.00567, section 7).
 * Each kind is as likely. It shrinks to 0, to 1, and to round decimals.
 */
export function label({ outOfRange = false }: LabelOptions = {}): Arbitrary<number> {
  const kinds = kindsOf(outOfRange);
  return numbers((random) => {
    const seeded = new SeededRandom(random.nextInt());
    return pick(seeded, kinds)(seeded);
  }, allows(outOfRange));
}

/**
 * The labels of a tensor of this shape, row-major, each one for itself (for rows
 * that sum to 1 see `distributions`). An array has labels of one kind, of 0 and
 * 1, or of all kinds; so some are 0 throughout. It shrinks to fewest labels that
 * are not 0, then to 1 and to round decimals.
 *
 * Throws an InputError for a shape with a size that is no integer from 1 on.
 */
export function labels(
  shape: readonly number[],
  { outOfRange = false }: LabelOptions = {},
): Arbitrary<Float32Array> {
  const kinds = kindsOf(outOfRange);
  const draw = (random: SeededRandom) => {
    const some = pick(random, [...kinds.map((kind) => [kind]), [zero, one], kinds]);
    return () => pick(random, some)(random);
  };
  return arrays(sizeOf(shape), draw, allows(outOfRange));
}

const OUT_OF_RANGE = [-1, Math.fround(-1e-9), 1 + 2 ** -23, 2, 255];

const zero = () => 0;
const one = () => 1;
const between = (random: SeededRandom) => Math.fround(random.uint32() / 2 ** 32);
const outside = (random: SeededRandom) => pick(random, OUT_OF_RANGE);

function smoothed(random: SeededRandom): number {
  const smoothing = pick(random, [0.1, 0.01]);
  const rest = smoothing / pick(random, [2, 10, 1000]);
  return Math.fround(pick(random, [rest, 1 - smoothing + rest]));
}

const kindsOf = (outOfRange: boolean) => [zero, one, between, smoothed, ...(outOfRange ? [outside] : [])];

const allows = (outOfRange: boolean) => (x: number) =>
  outOfRange ? x >= OUT_OF_RANGE[0] && x <= 255 : x >= 0 && x <= 1;
