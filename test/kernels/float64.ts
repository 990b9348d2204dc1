import type { Arithmetic } from "../../src/arithmetic/arithmetic.js";

/** 2/sqrt(pi) (x - x³/3 + x⁵/(2! 5) - …), summed until the terms vanish: 1e-15 for |x| < 2. */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-18; n++) {
    term *= -(x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** 1 - exp(-x²)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + …)))) for x >= 2 [DLMF 7.9.1]. */
function erfFraction(x: number): number {
  let denominator = x;
  for (let n = 60; n >= 1; n--) denominator = x + n / 2 / denominator;
  return 1 - Math.exp(-x * x) / Math.sqrt(Math.PI) / denominator;
}

function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) < 2) return erfSeries(x);
  return Math.sign(x) * erfFraction(Math.abs(x));
}

function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}

/** Plain float64: near enough to exact to be held against float32 kernels, and with IEEE 754's NaN. */
export const float64: Arithmetic<number> = {
  constant: (x) => x,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  neg: (a) => -a,
  abs: Math.abs,
  sign: (a) => (a > 0 ? 1 : a < 0 ? -1 : 0),
  max: Math.max,
  min: Math.min,
  square: (a) => a * a,
  sqrt: Math.sqrt,
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  softplus: (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))),
  pow: (a, b) => a ** b,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  atan2: Math.atan2,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  erf,
  floor: Math.floor,
  ceil: Math.ceil,
  round: roundHalfEven,
  less: (a, b) => Number(a < b),
  equal: (a, b) => Number(a === b),
  select: (condition, a, b) => (condition !== 0 ? a : b),
  hull: () => {
    throw new Error("float64 has no enclosures");
  },
  known: (a) => a,
};

/** Float64 that admits to know no number, as generated code does, so that indices go through `select`. */
export const unknowing: Arithmetic<number> = { ...float64, known: () => undefined };

/** Constants and what is read from inputs, which must come through as the same objects: nothing else works. */
export const immovable = new Proxy({} as Arithmetic<unknown>, {
  get(_, operation) {
    if (operation === "constant") return (x: number) => ({ constant: x });
    if (operation === "known") return (x: unknown) => (typeof x === "number" ? x : undefined);
    throw new Error(`a kernel that only moves elements used "${String(operation)}"`);
  },
});
