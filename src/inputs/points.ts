import { formatFloat32, fromOrdinal, ordinal } from "./float32.js";
import { InputError } from "./input-error.js";
import { INFINITY_ORDINAL } from "./ordinal.js";

/** Values that a sweep takes on request, wherever its range lies. */
export type SpecialValue = "zero" | "infinity" | "subnormal";

export interface PointsOptions {
  /** Both ends are finite float32 values, the lower one first, and both are points. */
  range: readonly [low: number, high: number];
  /** How many points are evenly spaced. */
  points: number;
  /**
   * - `zero`: -0 and 0;
   * - `infinity`: -Infinity and Infinity;
   * - `subnormal`: of either sign, every power of two from 2^-149 to 2^-127 and the largest subnormal.
   */
  special?: readonly SpecialValue[];
  /** More float32 values, which are points where they lie in the range. */
  also?: readonly number[];
  /** The length of a chunk; the last one may be shorter. */
  chunk?: number;
}

/** More of them would find nothing new: 16 in each of the 254 binades. */
const MAX_SPREAD = 4096;

/**
 * The logits of a sweep, ascending, each once, in chunks, so that a sweep of
 * any length runs in flat memory:
 * - `points` numbers evenly spaced from end to end, rounded to float32;
 * - min(points, 4096) floats evenly spaced in ordinals from end to end, which
 *   gives every binade between them the same share, of both signs, and so lies
 *   dense around 0;
 * - both ends, 0 and the points asked for, where the range contains them;
 * - the special values; -0 comes directly before 0.
 */
export function* pointChunks(options: PointsOptions): Generator<Float32Array<ArrayBuffer>> {
  checkOptions(options);
  const { chunk = 65_536 } = options;
  const place: Place = { spaced: 0, stop: 0, last: Number.NaN };
  const fixed = stops(options);
  for (;;) {
    const buffer = new Float32Array(chunk);
    const filled = fill(buffer, options, fixed, place);
    if (filled > 0) yield filled < chunk ? buffer.slice(0, filled) : buffer;
    if (filled < chunk) return;
  }
}

/** How far the points are written: so many evenly spaced ones, so many others, and the last one of all. */
interface Place {
  spaced: number;
  stop: number;
  last: number;
}

/**
 * Merges the evenly spaced points and the others from their place on, until the
 * buffer is full; returns how many it wrote. In a function of its own, since V8
 * runs such a loop in a generator at a third of the speed.
 */
function fill(buffer: Float32Array, options: PointsOptions, fixed: Float32Array, place: Place): number {
  const [low, high] = options.range;
  const span = high - low;
  const steps = Math.max(options.points - 1, 1);
  let { spaced, stop, last } = place;
  let filled = 0;
  while (stop < fixed.length && filled < buffer.length) {
    const until = fixed[stop];
    for (; spaced < options.points && filled < buffer.length; spaced++) {
      // Rounding may carry the last one past the end, or a tiny negative one to -0.
      const next = Math.min(Math.fround(low + (span * spaced) / steps), high) + 0;
      if (next >= until) break;
      if (next !== last) buffer[filled++] = next;
      last = next;
    }
    if (filled === buffer.length) break;
    stop++;
    if (until === last && (until !== 0 || Object.is(until, last))) continue;
    last = until;
    buffer[filled++] = until;
  }
  Object.assign(place, { spaced, stop, last });
  return filled;
}

/** All points but the evenly spaced ones, ascending. */
function stops({ range: [low, high], points, special = [], also = [] }: PointsOptions): Float32Array {
  const first = ordinal(low);
  const last = ordinal(high);
  const ordinals = new Set([first, last]);
  for (const x of [0, ...also]) if (low <= x && x <= high) ordinals.add(ordinal(x));
  const spread = Math.min(points, MAX_SPREAD);
  for (let j = 1; j < spread - 1; j++) {
    ordinals.add(first + Math.floor(((last - first) * j) / (spread - 1)));
  }
  for (const value of special) for (const n of specialOrdinals[value]) ordinals.add(n);
  const numbers = Array.from(ordinals, fromOrdinal);
  if (special.includes("zero")) numbers.push(-0);
  return Float32Array.from(numbers).sort(); // a typed array sorts by number, and -0 before 0
}

const subnormals = [...Array.from({ length: 23 }, (_, k) => 2 ** k), 0x7fffff];

const specialOrdinals: Record<SpecialValue, number[]> = {
  zero: [0],
  infinity: [-INFINITY_ORDINAL, INFINITY_ORDINAL],
  subnormal: [...subnormals, ...subnormals.map((n) => -n)],
};

function checkOptions({ range: [low, high], points, chunk = 1 }: PointsOptions): void {
  const given = `[${low}, ${high}]`;
  for (const end of [low, high]) {
    if (!Number.isFinite(end) || Math.fround(end) !== end) {
      throw new InputError(
        `The range ${given} does not end in finite float32 values: round both ends to float32.`,
      );
    }
  }
  if (low > high) {
    throw new InputError(
      `The range ${given} is reversed: give the lower end first, as ${formatFloat32(high)},${formatFloat32(low)}.`,
    );
  }
  for (const [name, n] of Object.entries({ points, chunk })) {
    if (!Number.isSafeInteger(n) || n < 1) {
      throw new InputError(`${n} ${name} were asked for: give an integer of at least 1.`);
    }
  }
}
