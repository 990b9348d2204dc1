import { fromOrdinal, ordinal } from "../inputs/float32.js";

/**
 * Logits at which formulas break: zeros, the numbers that functions are singular
 * or saturated at, and the ends of what their results fit into in float32. All are
 * float32, most telling first.
 */
export const PLACES: readonly number[] = [
  0,
  1,
  -1,
  100, // exp overflows
  -100, // and is subnormal
  20, // a sigmoid is 1
  -20,
  0.5,
  2,
  -2,
  -0,
  1e-8, // 1 + x is 1
  -1e-8,
  next(1, -1),
  next(1, 1),
  next(-1, 1),
  1e4,
  -1e4,
  1e-20, // x² is subnormal
  1e-30, // x² is 0
  -1e-30,
  1e-40, // subnormal
  -1e-40,
  1e20, // x² overflows
  -1e20,
  1e38,
  -1e38,
  700,
  -700,
  10,
  -10,
  3,
  -3,
  0.1,
  -0.1,
  -0.5,
  1e-3,
  1e3,
  Math.LN2,
  Math.PI,
  Math.PI / 2,
  88.72284, // the first whose exp overflows
  -87.33655, // whose exp is subnormal
  -103.972084, // whose exp is 0
  17.328682, // whose sigmoid is 1
  9.010914, // whose tanh is 1
].map(Math.fround);

/** Labels, most telling first. */
export const LABELS: readonly number[] = [0, 1, 0.5, 0.9, 0.1, 0.05, 1e-8, next(1, -1)].map(Math.fround);

function next(x: number, ulps: number): number {
  return fromOrdinal(ordinal(x) + ulps);
}
