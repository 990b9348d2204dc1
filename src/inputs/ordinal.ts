import { InputError } from "./input-error.js";

/** The largest finite float32. */
export const LARGEST = 2 ** 128 * (1 - 2 ** -24);

/** The ordinal of +Infinity, the largest there is. */
export const INFINITY_ORDINAL = 0x7f800000;

const MAGNITUDE = 0x7fffffff;
const float = new Float32Array(1);
const word = new Int32Array(float.buffer);

/**
 * The float32 nearest to `x` as an integer that orders the floats: neighbours
 * differ by 1, so the distance of two floats in ulps is a subtraction.
 *
 * ±0 are both 0, negative numbers are negative, ±Infinity are ±0x7f800000,
 * NaN is NaN. Subnormals are the ordinals of magnitude 1 to 0x7fffff.
 */
export function ordinal(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  float[0] = x;
  // IEEE 754 is sign and magnitude, and magnitudes are ordered as integers.
  return word[0] >= 0 ? word[0] : 0 - (word[0] & MAGNITUDE);
}

/** The float32 of an ordinal; 0 is +0. */
export function fromOrdinal(n: number): number {
  if (!Number.isInteger(n) || Math.abs(n) > INFINITY_ORDINAL) {
    throw new RangeError(`${n} is not the ordinal of a float32: an integer from -0x7f800000 to 0x7f800000.`);
  }
  word[0] = Math.abs(n);
  return n < 0 ? -float[0] : float[0];
}

/**
 * The IEEE 754 bits of the float32 nearest to `x`, such as `0x418b3333`.
 * NaN is 0x7fc00000: JavaScript does not tell one NaN from another.
 */
export function bits(x: number): string {
  if (Number.isNaN(x)) return "0x7fc00000";
  float[0] = x;
  return `0x${(word[0] >>> 0).toString(16).padStart(8, "0")}`;
}

/** The float32 that `bits` prints so. Every NaN pattern gives NaN. */
export function fromBits(text: string): number {
  if (!/^0x[0-9a-f]{8}$/i.test(text)) {
    throw new InputError(
      `"${text}" is not the bits of a float32: give 0x and 8 hexadecimal digits, such as 0x418b3333.`,
    );
  }
  word[0] = Number(text);
  return float[0];
}

/** Whether the float32 nearest to `x` is subnormal: not 0, and below 2^-126 in magnitude. */
export function isSubnormal(x: number): boolean {
  const magnitude = Math.abs(Math.fround(x));
  return magnitude > 0 && magnitude < 2 ** -126;
}

const double = new Float64Array(1);
const halves = new Uint32Array(double.buffer);
/** The half of a float64 that holds its exponent, on machines of either byte order. */
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/**
 * One unit in the last place at the real number `x`: the spacing of float32
 * in the binade [2^e, 2^(e+1)) of |x|, which is 2^(e-23).
 *
 * `x` need not be a float32: just below 1 it is 2^-24, from 1 on 2^-23.
 * 2^-149 for 0, subnormals and everything smaller; 2^104 from the last binade
 * on, ±Infinity included; NaN for NaN.
 */
export function ulp32(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  double[0] = x;
  const exponent = ((halves[HIGH] >>> 20) & 0x7ff) - 1023;
  return 2 ** (Math.min(Math.max(exponent, -126), 127) - 23);
}
