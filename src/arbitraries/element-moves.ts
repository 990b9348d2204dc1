import { readability, roundings } from "../inputs/roundings.js";
import type { Move } from "./drawn.js";
import { printable } from "./printable.js";

/**
 * Ways to make the elements of an array simpler where the result is allowed:
 * 1. all of them, halves, quarters, … and single ones are set to 0;
 * 2. all are rounded to 1, 2, … 8 significant digits;
 * 3. all that are equal, and each alone, are replaced by simpler numbers.
 *
 * The sum of `readability` over the elements gets less by each, so it ends.
 */
export function elementMoves(length: number, allows: (x: number) => boolean): Move<Float32Array>[] {
  const moves: Move<Float32Array>[] = [];
  if (allows(0)) {
    for (let size = length; size > 0; size = size > 1 ? Math.ceil(size / 2) : 0) {
      for (let from = 0; from < length; from += size) moves.push((xs) => zeroed(xs, from, from + size));
    }
  }
  for (let digits = 1; digits <= 8; digits++) moves.push((xs) => rounded(xs, digits, allows));
  for (let i = 0; i < length; i++) moves.push((xs) => replaced(xs, i, allows));
  return moves;
}

function* zeroed(xs: Float32Array, from: number, to: number): Generator<Float32Array> {
  if (xs.subarray(from, to).some((x) => !Object.is(x, 0))) yield printable(xs.slice().fill(0, from, to));
}

function* rounded(xs: Float32Array, digits: number, allows: (x: number) => boolean): Generator<Float32Array> {
  const simpler = xs.map((x) => {
    const nearest = Math.fround(Number(x.toPrecision(digits)));
    return allows(nearest) && readability(nearest) < readability(x) ? nearest : x;
  });
  if (simpler.some((x, i) => x !== xs[i])) yield printable(simpler);
}

function* replaced(xs: Float32Array, at: number, allows: (x: number) => boolean): Generator<Float32Array> {
  const numbers = [...roundings(xs[at])].filter(allows);
  const isEqual = (x: number) => Object.is(x, xs[at]);
  const isFirstOfSeveral =
    numbers.length > 0 && xs.findIndex(isEqual) === at && xs.findLastIndex(isEqual) > at;
  if (isFirstOfSeveral) {
    for (const simpler of numbers) yield printable(xs.map((x) => (isEqual(x) ? simpler : x)));
  }
  for (const simpler of numbers) yield printable(xs.with(at, simpler));
}
