import { binary } from "./elementwise.js";
import type { Kernel } from "./kernel.js";

/**
 * The arithmetic of two tensors.
 *
 * - RealDiv is the exact quotient. Of two int32 tensors `tf.div` is FloorDiv.
 * - FloorDiv is floor(a/b).
 * - Mod is a - b floor(a/b): it has the sign of b, as in Python.
 */
export const elementwiseBinary: Record<string, Kernel> = {
  Add: binary((r, a, b) => r.add(a, b)),
  Sub: binary((r, a, b) => r.sub(a, b)),
  Multiply: binary((r, a, b) => r.mul(a, b)),
  RealDiv: binary((r, a, b) => r.div(a, b)),
  FloorDiv: binary((r, a, b) => r.floor(r.div(a, b)), "int32"),
  Mod: binary((r, a, b) => r.sub(a, r.mul(b, r.floor(r.div(a, b))))),
  Pow: binary((r, a, b) => r.pow(a, b)),
  Atan2: binary((r, a, b) => r.atan2(a, b)),
  Maximum: binary((r, a, b) => r.max(a, b)),
  Minimum: binary((r, a, b) => r.min(a, b)),
  SquaredDifference: binary((r, a, b) => r.square(r.sub(a, b))),
};
