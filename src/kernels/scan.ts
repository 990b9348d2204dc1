import type { Arithmetic } from "../arithmetic/arithmetic.js";
import type { Kernel } from "./kernel.js";
import { integerForBool } from "./reductions.js";
import { axisOf, outerSum, progression, stridesOf } from "./shape.js";

/** A kernel that gives every partial result of combining the elements along `axis`. */
function scan(identity: number, combine: <T>(r: Arithmetic<T>, a: T, b: T) => T): Kernel {
  return {
    evaluate(r, { x }, attrs) {
      const { axis, exclusive, reverse } = attrs as { axis: number; exclusive?: boolean; reverse?: boolean };
      const along = axisOf(axis, x.shape.length);
      const strides = stridesOf(x.shape);
      const first = outerSum(x.shape.map((count, i) => (i === along ? [0] : progression(count, strides[i]))));
      const order = progression(x.shape[along], strides[along]);
      if (reverse) order.reverse();
      const data = x.data.slice();
      for (const start of first) {
        let partial: (typeof data)[number] | undefined;
        for (const offset of order) {
          const before = partial;
          const element = x.data[start + offset];
          partial = before === undefined ? element : combine(r, before, element);
          data[start + offset] = exclusive ? (before ?? r.constant(identity)) : partial;
        }
      }
      return [{ shape: x.shape, dtype: integerForBool(x.dtype), data }];
    },
  };
}

/**
 * Cumulative sums and products along `axis`; from the back with `reverse`;
 * `exclusive` leaves out the element itself, so the first is the sum (0) or
 * product (1) of nothing.
 */
export const scans: Record<string, Kernel> = {
  Cumsum: scan(0, (r, a, b) => r.add(a, b)),
  Cumprod: scan(1, (r, a, b) => r.mul(a, b)),
};
