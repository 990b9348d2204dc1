import type { DType } from "../program/program.js";
import { attribute } from "./attribute.js";
import type { Kernel } from "./kernel.js";
import { progression, type Shape, sizeOf } from "./shape.js";

/**
 * How many elements `tf.range` gives: none where the step leads away from
 * `stop`, except that tfjs turns a step of 1 round. It counts in float64.
 */
function rangeSteps(start: number, stop: number, step: number): { count: number; step: number } {
  if (start === stop || (start < stop && step < 0) || (stop < start && step > 1)) return { count: 0, step };
  const count = Math.abs(Math.ceil((stop - start) / step));
  return { count, step: stop < start && step === 1 ? -1 : step };
}

/** Tensors made from attributes alone, or from the shape of another one. */
export const creation: Record<string, Kernel> = {
  Fill: {
    evaluate(r, _, attrs) {
      const { shape, value, dtype = "float32" } = attrs as { shape: Shape; value: number; dtype?: DType };
      const element = r.constant(attribute(value, dtype));
      return [{ shape, dtype, data: progression(sizeOf(shape)).map(() => element) }];
    },
  },

  ZerosLike: {
    evaluate: (r, { x }) => [{ ...x, data: x.data.map(() => r.constant(0)) }],
  },

  OnesLike: {
    evaluate: (r, { x }) => [{ ...x, data: x.data.map(() => r.constant(1)) }],
  },

  /** start + i step. */
  Range: {
    evaluate(r, _, attrs) {
      const {
        start,
        stop,
        step: given,
        dtype = "float32",
      } = attrs as {
        start: number;
        stop: number;
        step: number;
        dtype?: DType;
      };
      const { count, step } = rangeSteps(start, stop, given);
      const first = r.constant(attribute(start, dtype));
      const difference = r.constant(dtype === "float32" ? step : attribute(step, dtype));
      const data = progression(count).map((i) => r.add(first, r.mul(r.constant(i), difference)));
      return [{ shape: [count], dtype, data }];
    },
  },

  /** ((n-1-i) start + i stop) / (n-1), which is `start` at the first and `stop` at the last of n elements. */
  LinSpace: {
    evaluate(r, _, attrs) {
      const { start, stop, num } = attrs as { start: number; stop: number; num: number };
      const intervals = num - 1;
      const data = progression(num).map((i) => {
        if (i === 0) return r.constant(attribute(start, "float32"));
        if (i === intervals) return r.constant(attribute(stop, "float32"));
        const fromStart = r.mul(r.constant(intervals - i), r.constant(start));
        const fromStop = r.mul(r.constant(i), r.constant(stop));
        return r.div(r.add(fromStart, fromStop), r.constant(intervals));
      });
      return [{ shape: [num], dtype: "float32", data }];
    },
  },
};
