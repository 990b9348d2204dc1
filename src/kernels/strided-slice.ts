import type { Kernel } from "./kernel.js";
import { reshaped, take } from "./movement.js";
import { progression } from "./shape.js";

interface StridedSliceAttrs {
  begin: number[];
  end: number[];
  strides?: number[] | null;
  beginMask?: number;
  endMask?: number;
  ellipsisMask?: number;
  newAxisMask?: number;
  shrinkAxisMask?: number;
}

const hasBit = (mask: number | undefined, bit: number): boolean => (((mask ?? 0) >> bit) & 1) === 1;

/** Python's `start:stop:stride` of an axis; an undefined end reaches as far as the stride goes. */
function pythonRange(
  begin: number | undefined,
  end: number | undefined,
  stride: number,
  length: number,
): number[] {
  const lowest = stride > 0 ? 0 : -1;
  const highest = stride > 0 ? length : length - 1;
  const clamp = (at: number) => Math.min(Math.max(at < 0 ? at + length : at, lowest), highest);
  const start = begin === undefined ? (stride > 0 ? lowest : highest) : clamp(begin);
  const stop = end === undefined ? (stride > 0 ? highest : lowest) : clamp(end);
  return progression(Math.max(0, Math.ceil((stop - start) / stride)), stride, start);
}

/**
 * Python's x[a:b:c, …], given as `begin`, `end` and `strides` with one entry for
 * each place between the commas. Bit i of a mask says that place i has no begin,
 * has no end, is `...` (as many whole axes as are left over), is a new axis of
 * length 1, or is a single index whose axis goes away.
 */
export const stridedSlice: Record<string, Kernel> = {
  StridedSlice: {
    evaluate(_, { x }, attrs) {
      const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } =
        attrs as unknown as StridedSliceAttrs;
      const coordinates: number[][] = [];
      const shape: number[] = [];
      const keep = (list: number[]) => {
        coordinates.push(list);
        shape.push(list.length);
      };
      const keepWholeUpTo = (rank: number) => {
        while (coordinates.length < rank) keep(progression(x.shape[coordinates.length]));
      };
      const isEllipsis = (place: number) => hasBit(ellipsisMask, place);
      const isNewAxis = (place: number) => !isEllipsis(place) && hasBit(newAxisMask, place);

      begin.forEach((_begin, place) => {
        if (isEllipsis(place)) {
          const later = progression(begin.length - place - 1, 1, place + 1);
          keepWholeUpTo(x.shape.length - later.filter((other) => !isNewAxis(other)).length);
          return;
        }
        if (isNewAxis(place)) {
          shape.push(1);
          return;
        }
        const length = x.shape[coordinates.length];
        if (hasBit(shrinkAxisMask, place)) {
          coordinates.push([begin[place] < 0 ? begin[place] + length : begin[place]]);
          return;
        }
        keep(
          pythonRange(
            hasBit(beginMask, place) ? undefined : begin[place],
            hasBit(endMask, place) ? undefined : end[place],
            strides?.[place] ?? 1,
            length,
          ),
        );
      });
      keepWholeUpTo(x.shape.length);
      return [reshaped(take(x, coordinates), shape)];
    },
  },
};
