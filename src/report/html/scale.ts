import type { Tick } from "./axis.js";
import { tickText } from "./axis.js";

/** The vertical axis of a plot: where a number stands, in pixels from the top. */
export interface Scale {
  height: number;
  /** A number beyond the ends stands at the end. */
  place(y: number): number;
  ticks: Tick[];
}

/** Error in bits: from none to all of a float32. */
export const MOST_BITS = 32;

export function bitsScale(height: number): Scale {
  const place = (bits: number) => height * (1 - Math.min(bits, MOST_BITS) / MOST_BITS);
  return {
    height,
    place,
    ticks: [0, MOST_BITS / 2, MOST_BITS].map((n) => ({ at: place(n), text: String(n) })),
  };
}

/** Numbers of more than so many orders of magnitude are drawn by their logarithms. */
const DECADES = 5;

/** A scale for the exact numbers of a curve, with a little room above and below; NaN and ±Infinity count for nothing. */
export function numberScale(numbers: readonly number[], height: number): Scale {
  const finite = numbers.filter(Number.isFinite);
  const [low, high] = finite.length === 0 ? [0, 1] : [Math.min(...finite), Math.max(...finite)];
  const most = Math.max(Math.abs(low), Math.abs(high));
  const by = most > 10 ** DECADES ? symlog : (y: number) => y;
  const [bottom, top] = [by(low), by(high)];
  const pad = top === bottom ? Math.max(Math.abs(top), 1) / 2 : (top - bottom) * 0.06;
  const share = (y: number) => (by(y) - bottom + pad) / (top - bottom + 2 * pad);
  const place = (y: number) => height * (1 - Math.max(0, Math.min(1, share(y))));
  const wanted = low < 0 && high > 0 ? [low, high, 0] : [low, high];
  const ticks = [...new Set(wanted.map(rounded))].map((y) => ({ at: place(y), text: tickText(y) }));
  const apart = ticks.filter(({ at }, i) => ticks.slice(0, i).every((other) => Math.abs(other.at - at) > 11));
  return { height, place, ticks: apart };
}

function symlog(y: number): number {
  return Math.sign(y) * Math.log10(1 + Math.abs(y));
}

/** To three digits, within float32. */
function rounded(y: number): number {
  const three = Number(y.toPrecision(3));
  return Math.abs(three) > 3.4e38 ? Math.sign(y) * 3.4e38 : three;
}
