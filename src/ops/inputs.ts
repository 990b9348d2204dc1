import { goldenFraction } from "../inputs/golden.js";
import { fromOrdinal, INFINITY_ORDINAL, ordinal } from "../inputs/ordinal.js";
import { type Op, sizeOf } from "./op.js";

/** Points of one op: n rows of `size` numbers, and the constant of each, as tensors hold them. */
export interface OpInputs {
  n: number;
  size: number;
  /** What each row is made from. */
  at: Float32Array;
  x: Float32Array;
  /** As many as x: all of a row have its constant. 0 where the op has none. */
  c: Float32Array;
}

/** The exponents that losses and networks meet, with both ends of float32's exp. */
const RANGE = 128;

/** Where functions of the catalogue have roots, kinks, poles and ties. */
const CENTRES = [-6, -3, -2, -1, -0.5, 0.5, 1, 2, 3, 6];

/**
 * About so many float32: half of them spread over all exponents, subnormals
 * included, and half over [-128, 128], of both signs; then 0, powers of 2,
 * multiples of 1/2 and of pi/2 and their neighbours, and ever closer to the
 * places where functions have roots, kinks and poles. The same every time.
 */
export function spread(points: number): Float32Array {
  const quarter = Math.ceil(points / 4);
  const xs: number[] = [0];
  const both = (x: number) => xs.push(x, 0 - x); // no -0, whose infinities have signs of their own
  for (let i = 0; i < quarter; i++) {
    both(fromOrdinal(Math.floor(((i + goldenFraction(i)) / quarter) * INFINITY_ORDINAL)));
    both(((i + goldenFraction(i)) / quarter) * RANGE);
  }
  both(fromOrdinal(INFINITY_ORDINAL - 1));
  for (let k = -149; k <= 127; k++) {
    both(2 ** k);
    both(fromOrdinal(ordinal(2 ** k) - 1));
  }
  for (let i = 1; i <= 64; i++) {
    both(i / 2);
    const turn = ordinal((i * Math.PI) / 2);
    for (const near of [turn - 1, turn, turn + 1]) both(fromOrdinal(near));
  }
  for (const centre of CENTRES) for (let k = 1; k <= 24; k++) xs.push(centre + 2 ** -k, centre - 2 ** -k);
  return Float32Array.from(xs);
}

/** The points of an op: each x of the spread with each of its constants; fewer of them where a point is a row. */
export function opInputs(op: Op, points: number): OpInputs {
  const constants = op.constants ?? [0];
  const xs = spread(Math.ceil(points / constants.length / sizeOf(op)));
  return pairs(
    op,
    constants.flatMap((c) => Array.from(xs, (x): [number, number] => [x, c])),
  );
}

/** The points of an op at these x, with these constants. */
export function pairs(op: Op, points: readonly (readonly [x: number, c: number])[]): OpInputs {
  const size = sizeOf(op);
  const { row = (x: number) => [x] } = op;
  const n = points.length;
  const at = Float32Array.from(points, ([x]) => x);
  const x = new Float32Array(n * size);
  const c = new Float32Array(n * size);
  for (let i = 0; i < n; i++) {
    x.set(row(at[i]), i * size);
    c.fill(points[i][1], i * size, (i + 1) * size);
  }
  return { n, size, at, x, c };
}
