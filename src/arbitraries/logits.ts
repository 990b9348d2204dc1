import type { Arbitrary } from "fast-check";
import { drawLogit, isLogitOf, type LogitSource, logitSources } from "../inputs/logit-distributions.js";
import { Random as SeededRandom } from "../inputs/random.js";
import { arrays } from "./arrays.js";
import { checkSources, sizeOf } from "./check.js";
import { numbers } from "./numbers.js";
import { pick } from "./pick.js";

export interface LogitOptions {
  /**
   * Where logits come from, each as likely; all when left out. With p the
   * sigmoid:
   * - `initialisation`: -2.19 ± 0.1, p is about 0.1 (RetinaNet's prior);
   * - `trained`: -6 ± 1.5 in the background, 2 ± 2 where something is detected;
   * - `over-confident`: 6 times as much, p or 1-p is often 1 in float32;
   * - `mis-scaled`: 40 times as much, exp overflows;
   * - `saturated`: 17 to 120, of either sign;
   * - `bits`: any float32 from -10000 to 10000, uniform over the bits.
   */
  from?: readonly LogitSource[];
}

/**
 * One logit, a float32 as networks give it. It shrinks to 0 and to round
 * decimals, among the numbers that the sources can give: 20 for `saturated`,
 * -2 for `initialisation`. Nothing from a network lies beyond 6 deviations.
 *
 * Sources: CenterNet (arXiv 1904.07850) and RetinaNet (arXiv 1708.02002).
 * Throws an InputError for a source that does not exist and for none.
 */
export function logit({ from = logitSources }: LogitOptions = {}): Arbitrary<number> {
  checkSources(from);
  return numbers((random) => {
    const seeded = new SeededRandom(random.nextInt());
    return drawLogit(seeded, pick(seeded, from));
  }, allows(from));
}

/**
 * The logits of a tensor of this shape, row-major. All of an array come from one
 * source; in one array of eight every logit has a source of its own. It
 * shrinks to fewest logits that are not 0 and then to round decimals, among the
 * numbers that the sources can give.
 *
 * Throws an InputError for a shape with a size that is no integer from 1 on,
 * for a source that does not exist and for none.
 */
export function logits(
  shape: readonly number[],
  { from = logitSources }: LogitOptions = {},
): Arbitrary<Float32Array> {
  checkSources(from);
  const draw = (random: SeededRandom) => {
    const source = pick(random, from);
    const isMixed = random.integer(1, 8) === 1;
    return () => drawLogit(random, isMixed ? pick(random, from) : source);
  };
  return arrays(sizeOf(shape), draw, allows(from));
}

const allows = (from: readonly LogitSource[]) => (x: number) => from.some((source) => isLogitOf(x, source));
