import { type Arbitrary, constantFrom, integer, tuple } from "fast-check";
import { LARGEST } from "../inputs/float32.js";
import { InputError } from "../inputs/input-error.js";
import { fromTotalOrdinal, totalOrdinal } from "../inputs/total-order.js";

export interface NearbyOptions {
  /** How many floats beside a boundary, on either side; 16 when left out. */
  ulps?: number;
}

/**
 * A float32 at most so many floats away from one of the boundaries, which are
 * rounded to float32: where a formula changes from right to wrong, as at
 * 88.72284, the first number whose exp overflows. -0 counts as the float below
 * 0, and finite numbers come out, up to the largest.
 *
 * It shrinks to the boundary itself, or else to the fewest floats beside it, and
 * to the boundaries named first.
 *
 * Throws an InputError for no boundary, one beyond float32 or NaN, and for ulps
 * that are no integer from 0 to 2^23.
 */
export function nearby(boundaries: readonly number[], { ulps = 16 }: NearbyOptions = {}): Arbitrary<number> {
  if (boundaries.length === 0) throw new InputError("nearby has no boundaries: give at least one number.");
  for (const x of boundaries) {
    if (!Number.isFinite(Math.fround(x))) {
      throw new InputError(`${x} is no boundary: give numbers from -3.4028235e38 to 3.4028235e38.`);
    }
  }
  if (!Number.isInteger(ulps) || ulps < 0 || ulps > MOST) {
    throw new InputError(`nearby looks at ${ulps} ulps on either side: give an integer from 0 to ${MOST}.`);
  }
  const places = boundaries.map(totalOrdinal);
  const end = totalOrdinal(LARGEST);
  const step = (place: number, offset: number) =>
    fromTotalOrdinal(Math.min(Math.max(place + offset, -1 - end), end));
  const offsetOf = (x: unknown): [number, number] => {
    const place = typeof x === "number" && Math.fround(x) === x ? totalOrdinal(x) : Number.NaN;
    const near = places.find((one) => Math.abs(place - one) <= ulps);
    if (near === undefined) throw new InputError(`${x} is not near any of the boundaries.`);
    return [near, place - near];
  };
  return tuple(constantFrom(...places), integer({ min: -ulps, max: ulps })).map(
    ([place, offset]) => step(place, offset),
    offsetOf,
  );
}

/** The floats from one power of two to the next; what is further away is not near. */
const MOST = 2 ** 23;
