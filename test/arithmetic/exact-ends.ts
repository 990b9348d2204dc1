import { type GMPFunctions, init } from "gmp-wasm";
import { type Interval, IntervalArithmetic } from "../../src/arithmetic/interval.js";
import { loadMpfr, type Register } from "../../src/arithmetic/mpfr.js";
import { compare, type Rational } from "./rational.js";

/** The binding that `loadMpfr` has too: one WebAssembly instance serves the process. */
const binding: GMPFunctions = (await init()).binding;
const mpfr = await loadMpfr();

const integer = binding.mpz_t();
binding.mpz_init(integer);

export function intervals(bits: number): IntervalArithmetic {
  return new IntervalArithmetic(mpfr, bits);
}

/** The bytes of WebAssembly memory, which never shrinks. */
export function memoryBytes(): number {
  return binding.mem.length;
}

/** Whether an interval holds a number that is known to lie in [low, high]. */
export function meets(interval: Interval, low: Rational, high = low): boolean {
  const lo = exact(interval.lo);
  const hi = exact(interval.hi);
  const above = typeof lo === "number" ? lo < 0 : compare(lo, high) <= 0;
  const below = typeof hi === "number" ? hi > 0 : compare(low, hi) <= 0;
  return above && below;
}

/** Whether hi - lo <= 2^-bits·|size|. */
export function isNarrow(interval: Interval, bits: number, size: Rational): boolean {
  const lo = exact(interval.lo);
  const hi = exact(interval.hi);
  if (typeof lo === "number" || typeof hi === "number") return false;
  const width = { n: (hi.n * lo.d - lo.n * hi.d) << BigInt(bits), d: hi.d * lo.d };
  return compare(width, { n: size.n < 0n ? -size.n : size.n, d: size.d }) <= 0;
}

function exact(register: Register): Rational | number {
  if (binding.mpfr_inf_p(register)) return binding.mpfr_sgn(register) * Infinity;
  if (binding.mpfr_zero_p(register)) return { n: 0n, d: 1n };
  const exponent = binding.mpfr_get_z_2exp(integer, register);
  const hex = binding.mpz_to_string(integer, 16);
  const n = hex.startsWith("-") ? -BigInt(`0x${hex.slice(1)}`) : BigInt(`0x${hex}`);
  return exponent >= 0 ? { n: n << BigInt(exponent), d: 1n } : { n, d: 1n << BigInt(-exponent) };
}
