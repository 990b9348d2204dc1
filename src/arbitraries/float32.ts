import type { Arbitrary, Random } from "fast-check";
import { formatFloat32, fromOrdinal, isSubnormal, LARGEST, ordinal } from "../inputs/float32.js";
import { InputError } from "../inputs/input-error.js";
import { fromTotalOrdinal, totalOrdinal } from "../inputs/total-order.js";
import { numbers } from "./numbers.js";

export interface Float32Options {
  /** The smallest number, included; rounded up to a float32. 0 leaves -0 out, -0 takes it in. */
  min?: number;
  /** The largest number, included; rounded down to a float32. -0 leaves 0 out. */
  max?: number;
  /** Whether numbers below 2^-126 in magnitude are among them; true when left out. 0 always may be. */
  subnormals?: boolean;
  /** Whether ±Infinity, where `min` and `max` allow for them, are among them; false when left out. */
  infinity?: boolean;
  /** Whether NaN is among them, whatever `min` and `max`; false when left out. */
  nan?: boolean;
}

/**
 * A float32, uniform over the bits: every exponent is as likely, so that one
 * number of 255 is subnormal and half of them are below 1 in magnitude. Where fast-check asks for edge cases, which it does for half of
 * the first runs and less often later, it is 0, ±1, the smallest or largest
 * subnormal, the smallest or largest normal number, of either sign, an end of
 * the range or ±Infinity, or a float next to one of them.
 *
 * It shrinks to 0, to ±1, to powers of ten, to integers, to decimals of few
 * digits, and to plus: what is left is the number of fewest characters around.
 * fast-check prints it as the float64 that it is (17.3 is 17.299999237060547).
 *
 * Throws an InputError for a bound that is NaN and for a range without numbers.
 */
export function float32(options: Float32Options = {}): Arbitrary<number> {
  const { subnormals = true, nan = false } = options;
  const [low, high] = rangeOf(options);
  const first = compressed(low, subnormals);
  const last = compressed(high, subnormals);
  const specials = [...SPECIALS, low, high]
    .map((x) => compressed(x, subnormals))
    .filter((n) => first <= n && n <= last);
  const numberOf = (n: number) => (n > last ? Number.NaN : expanded(n, subnormals));
  const end = nan ? last + NAN_PATTERNS : last;

  const draw = (random: Random, biasFactor: number | undefined) => {
    if (biasFactor === undefined || random.nextInt(1, biasFactor) !== 1) {
      return numberOf(random.nextInt(first, end));
    }
    const special = random.nextInt(nan ? -1 : 0, specials.length - 1);
    if (special < 0) return Number.NaN;
    const beside = specials[special] + random.nextInt(-1, 1);
    return numberOf(Math.min(Math.max(beside, first), last));
  };
  const allows = (x: number) => {
    if (Number.isNaN(x)) return nan;
    const n = totalOrdinal(x);
    return totalOrdinal(low) <= n && n <= totalOrdinal(high) && (subnormals || !isSubnormal(x));
  };
  return numbers(draw, allows);
}

/** How many of the 2^32 patterns are NaN. */
const NAN_PATTERNS = 2 * (2 ** 23 - 1);
/** How many subnormals there are of either sign. */
const SUBNORMALS = 2 ** 23 - 1;

const MAGNITUDES = [0, 1, 2 ** -149, fromOrdinal(SUBNORMALS), 2 ** -126, LARGEST];
const SPECIALS = MAGNITUDES.flatMap((x) => [x, -x]);

/** The place of a float32 in the total order, without the subnormals if so asked. */
function compressed(x: number, subnormals: boolean): number {
  const n = totalOrdinal(x);
  if (subnormals || x === 0) return n;
  return isSubnormal(x) ? Number.NaN : n - Math.sign(n) * SUBNORMALS;
}

function expanded(n: number, subnormals: boolean): number {
  const isZero = n === 0 || n === -1;
  return fromTotalOrdinal(subnormals || isZero ? n : n + Math.sign(n) * SUBNORMALS);
}

function rangeOf({ min, max, subnormals = true, infinity = false }: Float32Options): [number, number] {
  for (const [name, bound] of Object.entries({ min, max })) {
    if (Number.isNaN(bound)) {
      throw new InputError(`The ${name} of float32 is NaN: give a number, or leave it out for no limit.`);
    }
  }
  const end = infinity ? Number.POSITIVE_INFINITY : LARGEST;
  const low = roundUp(Math.max(min ?? -end, -end), subnormals);
  const high = -roundUp(Math.max(-(max ?? end), -end), subnormals);
  if (totalOrdinal(low) > totalOrdinal(high)) {
    const [from, to] = [min ?? -end, max ?? end].map(decimal);
    throw new InputError(
      `No ${subnormals ? "" : "normal "}float32 lies between a min of ${from} and a max of ${to}: ` +
        "give the smaller number as min, and bounds with a float32 between them.",
    );
  }
  return [low, high];
}

/** The smallest float32 from `x` on. */
function roundUp(x: number, subnormals: boolean): number {
  const nearest = Math.fround(x);
  const float = nearest < x ? fromOrdinal(ordinal(nearest) + 1) : nearest;
  if (subnormals || !isSubnormal(float)) return float;
  return float > 0 ? 2 ** -126 : -0;
}

const decimal = (x: number) => (Math.fround(x) === x ? formatFloat32(x) : String(x));
