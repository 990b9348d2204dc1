import { broadcastStrides } from "../kernels/broadcast.js";
import { axesOf, offsetsOf, type Shape, sizeOf } from "../kernels/shape.js";
import { type BallColumn, computedColumn, midOf } from "./ball-column.js";
import { collapse } from "./collapse.js";

const ULP = 2 ** -52;
const SMALL = 1e-280;
const TINY = 1e-300;

/**
 * Sums (or means) of balls along axes. The midpoints are summed with the exact
 * rounding error of each step (Knuth's TwoSum) added up beside [Ogita, Rump &
 * Oishi 2005, "Accurate sum and dot product", algorithm Sum2], so that a sum of
 * millions keeps all of its digits, and one that is exact has the radius 0.
 *
 * With n terms, s the rounded sum, e_i the errors and c their rounded sum: the
 * true sum of the midpoints is s + (e_1 + … + e_n), and c is off by at most
 * n·2^-53·(|e_1| + … + |e_n|) to first order. The last factor covers the
 * rounding of the n-fold sums of radii and of |e_i|.
 */
export function sumBalls(
  column: BallColumn,
  shape: Shape,
  axis: number | readonly number[] | null | undefined,
  mean: boolean,
): BallColumn {
  const axes = axesOf(axis, shape.length);
  const kept = shape.map((count, i) => (axes.includes(i) ? 1 : count));
  const length = sizeOf(kept);
  const n = sizeOf(shape) / length || 0;
  const { counts, strides } = collapse(shape, [broadcastStrides(kept, shape)]);
  const [inner, step] = counts.length === 0 ? [sizeOf(shape), 0] : [counts.pop()!, strides[0].pop()!];
  const starts = offsetsOf(counts, strides[0]);

  const sums = new Float64Array(length);
  const errors = new Float64Array(length);
  const errorSizes = new Float64Array(length);
  const radii = new Float64Array(length);
  const { rad } = column;
  let i = 0;
  for (const start of starts) {
    for (let k = 0, to = start; k < inner; k++, i++, to += step) {
      const x = midOf(column, i);
      const s = sums[to];
      const next = s + x;
      const t = next - s;
      const error = s - (next - t) + (x - t);
      sums[to] = next;
      errors[to] += error;
      errorSizes[to] += Math.abs(error);
      if (rad) radii[to] += rad[i];
    }
  }

  const grow = 1 + 2 ** -40 + 4 * n * ULP;
  for (let to = 0; to < length; to++) {
    const s = sums[to];
    const c = errors[to];
    const total = s + c;
    const t = total - s;
    const last = Math.abs(s - (total - t) + (c - t));
    const radius = (radii[to] + last + n * ULP * errorSizes[to]) * grow;
    const quotient = mean ? total / n : total;
    sums[to] = quotient;
    radii[to] = mean ? meanRadius(total, radius, n, quotient) : radius;
  }
  return computedColumn(sums, radii, !mean);
}

function meanRadius(total: number, radius: number, n: number, quotient: number): number {
  if (radius === 0 && (total === 0 || n === 1)) return 0;
  const rad = (radius / n + ULP * Math.abs(quotient)) * (1 + 2 ** -40);
  return Math.abs(quotient) < SMALL ? rad + TINY : rad;
}
