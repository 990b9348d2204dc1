import type { Enclosure } from "../arithmetic/enclosure.js";
import { toFloat, ulp32 } from "../inputs/float32.js";
import type { Float, JsonNumber } from "./finding.js";

/** A number as JSON keeps it. */
export function jsonNumber(x: number): JsonNumber {
  return toFloat(x).value;
}

/** The exact number of an enclosure, to the digits of a float64; NaN where the formula is undefined. */
export function exactNumber({ lo, hi, defined }: Enclosure): number {
  if (defined === "no") return Number.NaN;
  if (lo === hi) return lo;
  if (lo === -Infinity || hi === Infinity) return lo === -Infinity ? hi : lo;
  return lo / 2 + hi / 2;
}

/** The exact number with the bits of the float32 nearest to it. */
export function exactFloat(enclosure: Enclosure): Float {
  return toFloat(exactNumber(enclosure));
}

/**
 * The exact number that a computed one is held against: at a kink, or as a
 * limit, every number of the enclosure is right, and the nearest one counts.
 */
export function exactNear(
  computed: number,
  { value, gradient, kink }: { value: Enclosure; gradient: readonly Enclosure[]; kink: boolean },
  quantity: "value" | "gradient",
  component: number,
): number {
  const enclosure = quantity === "value" ? value : gradient[component];
  const { lo, hi } = enclosure;
  const isSet = (quantity === "gradient" && kink) || lo === -Infinity || hi === Infinity;
  return isSet && lo <= computed && computed <= hi ? computed : exactNumber(enclosure);
}

/**
 * |computed - exact| in units in the last place of float32 at the exact number.
 * Infinity where one of them is infinite and the other is not, NaN where one is NaN.
 */
export function ulpsBetween(computed: number, exact: number): number {
  if (computed === exact) return 0;
  return Math.abs(computed - exact) / ulp32(exact);
}
