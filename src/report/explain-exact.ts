import type { Float, JsonNumber } from "../judge/finding.js";
import { fromJsonNumber } from "./json.js";
import { nineDigits } from "./text.js";

const FEWEST = 3;
const MOST = 10;

/**
 * The exact number in nine digits, or what is known of it: `>= 1.79e+308`,
 * `[0.25, 0.5]`, `0 or none` where it may not exist, `unknown`.
 */
export function exactText(exact: Float | null, [low, high]: readonly [JsonNumber, JsonNumber]): string {
  // NaN is an undefined number where the enclosure is NaN too.
  if (exact !== null && (exact.value !== "NaN" || low === "NaN")) return scientific(nineDigits(exact.value));
  const [lo, hi] = [fromJsonNumber(low), fromJsonNumber(high)];
  if (lo === -Infinity && hi === Infinity) return "unknown";
  if (hi === Infinity) return `>= ${outwards(lo, "down", FEWEST)}`;
  if (lo === -Infinity) return `<= ${outwards(hi, "up", FEWEST)}`;
  return interval(lo, hi);
}

/** Small numbers without their zeros: 0.000045419773 is 4.5419773e-5. */
export function scientific(text: string): string {
  const x = Math.abs(Number(text));
  return x > 0 && x < 1e-4 ? Number(text).toExponential() : text;
}

/** In so many digits that rounding outwards does not make it much wider. */
function interval(lo: number, hi: number): string {
  if (lo === hi) return `${scientific(nineDigits(lo))} or none`;
  for (let digits = FEWEST; ; digits++) {
    const [low, high] = [outwards(lo, "down", digits), outwards(hi, "up", digits)];
    if (digits === MOST || Number(high) - Number(low) <= 2 * (hi - lo)) return `[${low}, ${high}]`;
  }
}

/** A float64 in few digits, surely no greater or no smaller than it. */
function outwards(x: number, direction: "down" | "up", digits: number): string {
  const [mantissa, exponent] = Math.abs(x).toExponential(50).split("e");
  const isCut = /[1-9]/.test(mantissa.slice(digits + 1));
  const isAway = isCut && x > 0 === (direction === "up");
  const kept = Number(mantissa.slice(0, digits + 1).replace(".", "")) + (isAway ? 1 : 0);
  const text = `${x < 0 ? "-" : ""}${kept / 10 ** (digits - 1)}e${exponent}`;
  // Rounded away from 0, the largest float64 is beyond float64.
  return Number.isFinite(Number(text)) ? scientific(String(Number(text))) : text;
}
