import type { Kernel } from "./kernel.js";
import { axisOf, progression, sizeOf } from "./shape.js";

/**
 * Softmax along the last axis: exp(x_i) / sum_j exp(x_j).
 *
 * The quotient does not change when the same number is subtracted from every
 * x_j, whatever the number, so it is right even where an enclosure can't tell
 * which element is the maximum. The maximum keeps every exponential in (0, 1]
 * and the sum in [1, n]: nothing overflows, and the relative error stays that of
 * a few operations [Blanchard, Higham & Higham 2021, doi 10.1093/imanum/draa038].
 * 1/sum_j exp(x_j - x_i) is tighter for wide enclosures, but overflows in
 * float64 where two elements are 710 apart and takes n² exponentials.
 */
export const softmax: Record<string, Kernel> = {
  Softmax: {
    evaluate(r, { logits }, attrs) {
      const rank = logits.shape.length;
      const axis = axisOf((attrs.dim as number | undefined) ?? -1, rank);
      if (axis !== rank - 1) {
        throw new RangeError(
          `Softmax along axis ${axis} of rank ${rank}: tfjs defines it for the last axis only`,
        );
      }
      const length = logits.shape[axis];
      const data = progression(sizeOf(logits.shape.slice(0, -1)), length).flatMap((start) => {
        const row = logits.data.slice(start, start + length);
        const maximum = row.reduce((a, b) => r.max(a, b));
        const exponentials = row.map((x) => r.exp(r.sub(x, maximum)));
        const sum = exponentials.reduce((a, b) => r.add(a, b));
        return exponentials.map((exponential) => r.div(exponential, sum));
      });
      return [{ shape: logits.shape, dtype: logits.dtype, data }];
    },
  },
};
