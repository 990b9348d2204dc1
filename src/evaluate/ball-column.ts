import { type Ball, ball, constant, type Facts, SINGLE_BOUND } from "../arithmetic/ball.js";

/** The balls of a whole tensor, row-major. */
export interface BallArray {
  mid: Float64Array;
  rad: Float64Array;
}

/**
 * The same while a program is evaluated: without radii where all are 0, with
 * what is known of every element, and without data when all are one number.
 */
export interface BallColumn {
  length: number;
  mid: Float64Array | Float32Array | Int32Array | Uint8Array;
  rad?: Float64Array;
  facts: Facts;
}

const NO_DATA = new Float64Array(0);

export function uniformColumn(length: number, x: number): BallColumn {
  return { length, mid: NO_DATA, facts: factsOf(constant(x)) };
}

/** As `exactColumn`, for data that may well be one number throughout. */
export function constantColumn(data: Float32Array | Int32Array | Uint8Array): BallColumn {
  const { length } = data;
  return length > 0 && data.every((x) => x === data[0]) ? uniformColumn(length, data[0]) : exactColumn(data);
}

/** Numbers that are exact. One that is not finite states nothing. */
export function exactColumn(data: Float32Array | Int32Array | Uint8Array): BallColumn {
  const { length } = data;
  if (data.every((x) => x - x === 0)) {
    const single = data instanceof Float32Array || data.every((x) => Math.fround(x) === x);
    return { length, mid: data, facts: { single, bound: SINGLE_BOUND, residual: true } };
  }
  const rad = Float64Array.from(data, (x) => (x - x === 0 ? 0 : Infinity));
  return { length, mid: data, rad, facts: { residual: true } };
}

/** Facts are those of `ball`, without the names of its midpoint and radius. */
export function factsOf({ known, single, integer, bound, residual }: Ball): Facts {
  return { known, single, integer, bound, residual };
}

/** An element of the column, loaded into variables of these names. */
export function elementOf(column: BallColumn, mid: string, rad: string): Ball {
  if (column.facts.known !== undefined) return constant(column.facts.known);
  return ball(mid, column.rad ? rad : "0", column.facts);
}

export function midOf(column: BallColumn, i: number): number {
  return column.facts.known ?? column.mid[i];
}

export function toBallArray(column: BallColumn): BallArray {
  const { known } = column.facts;
  const mid =
    known === undefined ? Float64Array.from(column.mid) : new Float64Array(column.length).fill(known);
  return { mid, rad: column.rad ?? new Float64Array(column.length) };
}

/** Balls that were computed; without radii, and with what the numbers have in common, when all are exact. */
export function computedColumn(mid: Float64Array, rad: Float64Array, residual: boolean): BallColumn {
  const { length } = mid;
  if (!rad.every((r) => r === 0) || !mid.every((x) => x - x === 0)) {
    return { length, mid, rad, facts: { residual } };
  }
  const bound = step(mid.reduce((a, x) => Math.max(a, Math.abs(x)), 0));
  const single = mid.every((x) => Math.fround(x) === x);
  const integer = mid.every((x) => Number.isInteger(x)) ? bound : Infinity;
  return { length, mid, facts: { single, integer, bound, residual: true } };
}

/** A bound from a short list: loops are generated for facts, and must not be for every number. */
function step(bound: number): number {
  return [1, 2 ** 29, 2 ** 53, SINGLE_BOUND, 2 ** 490].find((step) => bound <= step) ?? Infinity;
}
