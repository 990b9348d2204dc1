import { toStringMethod } from "fast-check";
import { formatFloat32 } from "../inputs/float32.js";

/**
 * The same array, which fast-check prints with the shortest decimals that give
 * its elements: Float32Array.of(0.1, 17.3).
 */
export function printable(xs: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  return Object.defineProperty(xs, toStringMethod, {
    value: () => `Float32Array.of(${Array.from(xs, formatFloat32).join(", ")})`,
  });
}
