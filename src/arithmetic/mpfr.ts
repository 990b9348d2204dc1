import type { GMPFunctions } from "gmp-wasm";

/** The address of an mpfr_t. */
export type Register = number;

/** MPFR_RNDD, towards -Infinity. */
export const DOWN = 3;
/** MPFR_RNDU, towards +Infinity. */
export const UP = 2;
export type Rounding = typeof DOWN | typeof UP;

/**
 * Every operation is correctly rounded and returns the sign of (rounded - true):
 * 0 exactly where the result is exact.
 */
export type Unary = (result: Register, a: Register, rounding: Rounding) => number;
export type Binary = (result: Register, a: Register, b: Register, rounding: Rounding) => number;
type Predicate = (a: Register) => number;
type Relation = (a: Register, b: Register) => number;

/**
 * The functions of GNU MPFR that interval arithmetic needs, as WebAssembly.
 *
 * Exponents are limited to ±(2^30 - 1): beyond, directed rounding gives the
 * greatest finite or the smallest positive number on one side and Infinity or 0
 * on the other, which still enclose the result.
 */
export interface Mpfr {
  /** A new register. Only for arenas: nothing ever frees it. */
  allocate(bits: number): Register;
  /** Narrows or widens a register within the precision that it was allocated with. Its value is lost. */
  setPrecision(a: Register, bits: number): void;

  setNumber(result: Register, x: number, rounding: Rounding): number;
  setZero(result: Register, sign: number): void;
  setInfinity(result: Register, sign: number): void;
  set: Unary;
  toNumber(a: Register, rounding: Rounding): number;

  equals: Relation;
  lessThan: Relation;
  lessOrEqual: Relation;
  compareInteger(a: Register, n: number): number;
  compareNumber(a: Register, x: number): number;
  sign: Predicate;
  isNaN: Predicate;
  isInfinite: Predicate;
  isInteger: Predicate;
  /** The e with 2^(e-1) <= |a| < 2^e. `a` must be finite and not 0. */
  exponent(a: Register): number;
  nextAbove(a: Register): void;

  add: Binary;
  sub: Binary;
  mul: Binary;
  div: Binary;
  neg: Unary;
  square: Unary;
  sqrt: Unary;
  half(result: Register, a: Register): number;
  addNumber(result: Register, a: Register, x: number, rounding: Rounding): number;

  pi(result: Register, rounding: Rounding): number;
  exp: Unary;
  expm1: Unary;
  log: Unary;
  log1p: Unary;
  pow: Binary;
  sin: Unary;
  cos: Unary;
  tan: Unary;
  asin: Unary;
  acos: Unary;
  atan: Unary;
  atan2: Binary;
  sinh: Unary;
  cosh: Unary;
  tanh: Unary;
  asinh: Unary;
  acosh: Unary;
  atanh: Unary;
  erf: Unary;
  floor: Unary;
  ceil: Unary;
  roundEven: Unary;
}

let loaded: Promise<Mpfr> | undefined;

/** MPFR, compiled and instantiated once in this process. */
export function loadMpfr(): Promise<Mpfr> {
  loaded ??= import("gmp-wasm").then(async ({ init }) => select((await init()).binding));
  return loaded;
}

/** A small object of the functions: the binding's own is a dictionary of 500, slow to look up in. */
function select(m: GMPFunctions): Mpfr {
  return {
    allocate(bits) {
      const register = m.mpfr_t();
      m.mpfr_init2(register, bits);
      return register;
    },
    setPrecision: m.mpfr_set_prec_raw,
    setNumber: m.mpfr_set_d,
    setZero: m.mpfr_set_zero,
    setInfinity: m.mpfr_set_inf,
    set: m.mpfr_set,
    toNumber: m.mpfr_get_d,
    equals: m.mpfr_equal_p,
    lessThan: m.mpfr_less_p,
    lessOrEqual: m.mpfr_lessequal_p,
    compareInteger: m.mpfr_cmp_si,
    compareNumber: m.mpfr_cmp_d,
    sign: m.mpfr_sgn,
    isNaN: m.mpfr_nan_p,
    isInfinite: m.mpfr_inf_p,
    isInteger: m.mpfr_integer_p,
    exponent: m.mpfr_get_exp,
    nextAbove: m.mpfr_nextabove,
    add: m.mpfr_add,
    sub: m.mpfr_sub,
    mul: m.mpfr_mul,
    div: m.mpfr_div,
    neg: m.mpfr_neg,
    square: m.mpfr_sqr,
    sqrt: m.mpfr_sqrt,
    half: (result, a) => m.mpfr_div_2ui(result, a, 1, DOWN),
    addNumber: m.mpfr_add_d,
    pi: m.mpfr_const_pi,
    exp: m.mpfr_exp,
    expm1: m.mpfr_expm1,
    log: m.mpfr_log,
    log1p: m.mpfr_log1p,
    pow: m.mpfr_pow,
    sin: m.mpfr_sin,
    cos: m.mpfr_cos,
    tan: m.mpfr_tan,
    asin: m.mpfr_asin,
    acos: m.mpfr_acos,
    atan: m.mpfr_atan,
    atan2: m.mpfr_atan2,
    sinh: m.mpfr_sinh,
    cosh: m.mpfr_cosh,
    tanh: m.mpfr_tanh,
    asinh: m.mpfr_asinh,
    acosh: m.mpfr_acosh,
    atanh: m.mpfr_atanh,
    erf: m.mpfr_erf,
    floor: m.mpfr_rint_floor,
    ceil: m.mpfr_rint_ceil,
    roundEven: m.mpfr_rint_roundeven,
  };
}
