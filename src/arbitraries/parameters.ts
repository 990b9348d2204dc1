import { type Arbitrary, tuple } from "fast-check";
import { formatFloat32 } from "../inputs/float32.js";
import { InputError } from "../inputs/input-error.js";
import { Random as SeededRandom } from "../inputs/random.js";
import { roundings } from "../inputs/roundings.js";
import { fromTotalOrdinal, totalOrdinal } from "../inputs/total-order.js";
import { drawn } from "./drawn.js";
import { pick } from "./pick.js";

export interface ParameterRange {
  /** The smallest value, included. */
  min: number;
  /** The largest value, included. */
  max: number;
  /** What the loss takes when nothing is given; from `min` to `max`. */
  default: number;
}

/**
 * Values for the parameters of a loss, by name, as { alpha: 2, epsilon: 1e-7 }.
 * One value of four is the default, one an end of the range, one is uniform
 * between the ends, and one is uniform over the float32 bits between them, which
 * reaches every order of magnitude of an epsilon. They are decimals of at most
 * 9 digits, which a tensor rounds to float32.
 *
 * They shrink to the defaults, or else to 0, 1 and round decimals in the range.
 *
 * Throws an InputError for ends that are reversed or no finite float32 numbers,
 * and for a default that is not between them.
 */
export function parameters<Name extends string>(
  ranges: Readonly<Record<Name, ParameterRange>>,
): Arbitrary<Record<Name, number>> {
  const names = Object.keys(ranges) as Name[];
  return tuple(...names.map((name) => parameter(name, ranges[name]))).map(
    (values) => Object.fromEntries(names.map((name, i) => [name, values[i]])) as Record<Name, number>,
    (given) => names.map((name) => (given as Record<Name, number>)[name]),
  );
}

function parameter(name: string, range: ParameterRange): Arbitrary<number> {
  checkRange(name, range);
  const { min, max, default: usual } = range;
  const draw = (random: SeededRandom) => {
    const fraction = random.uint32() / 2 ** 32;
    const uniform = decimal(min * (1 - fraction) + max * fraction);
    const ofBits = decimal(fromTotalOrdinal(random.integer(totalOrdinal(min), totalOrdinal(max))));
    const end = pick(random, [min, max]);
    return pick(random, [usual, end, uniform, ofBits]);
  };
  function* simpler(value: number): Generator<number> {
    if (value === usual) return;
    yield usual;
    for (const x of roundings(Math.fround(value)))
      if (min <= decimal(x) && decimal(x) <= max) yield decimal(x);
  }
  return drawn({
    draw: (random) => Math.min(Math.max(draw(new SeededRandom(random.nextInt())), min), max),
    isDrawable: (value): value is number => typeof value === "number" && min <= value && value <= max,
    moves: () => [simpler],
  });
}

/** The shortest decimal of the nearest float32, as JavaScript prints numbers: 0.1, not 0.10000000149011612. */
const decimal = (x: number) => Number(formatFloat32(x));

function checkRange(name: string, { min, max, default: usual }: ParameterRange): void {
  if ([min, max].every((x) => Number.isFinite(Math.fround(x))) && min <= usual && usual <= max) return;
  throw new InputError(
    `The parameter ${name} goes from ${min} to ${max} and is ${usual} by default: ` +
      "give finite float32 numbers, min first, and a default between them.",
  );
}
