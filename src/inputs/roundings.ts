import { decimalToFloat32, formatFloat32 } from "./decimal.js";
import { LARGEST, ordinal } from "./ordinal.js";

/**
 * How hard the float32 nearest to `x` is to read: more, the more characters it
 * takes to write ("17.3", and "1e5" rather than "100000"); of as many, the more
 * significant digits; of as many, the further it lies from 1 in ulps. So
 * 0 < 1 < 2 < 10 < 20 < 17 < 100 < 1000 < 1e10 < 17.3 < -17.3.
 *
 * An integer from 0, for 0 alone, to less than 2^41. -0 comes between 90 and 17;
 * Infinity, -Infinity and NaN, in this order, come after everything finite.
 */
export function readability(x: number): number {
  const float = Math.fround(x);
  if (Object.is(float, 0)) return 0;
  if (!Number.isFinite(float)) return 2 ** 40 + (Number.isNaN(float) ? 2 : float < 0 ? 1 : 0);
  const decimal = formatFloat32(float);
  const scientific = Number(decimal).toExponential().replace("+", "");
  const digits = scientific.replace(/e.*/, "").replace(/[-.]/g, "").length;
  const characters = Math.min(decimal.length, scientific.length);
  const ulps = Math.abs(ordinal(Math.abs(float)) - ordinal(1));
  // At most 14 characters, 9 digits and 2^30 ulps.
  return (characters * 16 + digits) * 2 ** 31 + ulps;
}

/**
 * The float32 numbers that are simpler to read than the float32 `x` and may do
 * in its place, when the smallest example of something is looked for. The
 * simplest first, each once:
 *
 * 0 and ±1; and, without the sign of `x` and with it, the powers of ten from 1
 * to the last one that is not above |x|, and |x| to 1, 2, 3, … 8 significant
 * digits, toward zero and away from it, so that the integers next to `x` are
 * among them; and -x for a negative `x`.
 *
 * ±Infinity and NaN are taken for the largest float, which is tried as well;
 * for -Infinity also Infinity, for NaN both. Nothing for 0. Whoever goes on with
 * one of them, and so on, comes to an end, since `readability` is less each time.
 */
export function* roundings(x: number): Generator<number> {
  const limit = readability(x);
  const ranked = new Map<number, number>();
  for (const magnitude of magnitudes(x)) {
    const alone = magnitude === 0 || (x > 0 && magnitude !== 1);
    for (const candidate of alone ? [magnitude] : [magnitude, -magnitude]) {
      const rank = readability(candidate);
      if (rank < limit) ranked.set(candidate, rank);
    }
  }
  for (const [candidate] of [...ranked].sort(([, a], [, b]) => a - b)) yield candidate;
}

/** Some of them more than once, and not all simpler than `x`. */
function* magnitudes(x: number): Generator<number> {
  yield* [0, 1];
  if (x === 0) return;
  if (!Number.isFinite(x)) yield Number.POSITIVE_INFINITY;
  const finite = Math.abs(Number.isFinite(x) ? x : LARGEST);
  yield finite;
  const [significand, power] = Number(formatFloat32(finite)).toExponential().split("e");
  const exponent = Number(power);
  const step = Math.sign(exponent);
  for (let k = 0; k !== exponent; k += step) yield decimalToFloat32(`1e${k + step}`);
  const digits = significand.replace(".", "");
  for (let n = 1; n < digits.length; n++) {
    const head = Number(digits.slice(0, n));
    for (const rounded of [head, head + 1]) {
      const magnitude = decimalToFloat32(`${rounded}e${exponent - n + 1}`);
      if (Number.isFinite(magnitude)) yield magnitude;
    }
  }
}
