import type { Arbitrary } from "fast-check";
import { Random as SeededRandom } from "../inputs/random.js";
import { drawn } from "./drawn.js";
import { elementMoves } from "./element-moves.js";
import { printable } from "./printable.js";

/**
 * Float32 arrays of one length, whose elements come from a function for each
 * array. They shrink to fewest elements that are not 0, then to round decimals,
 * within what is allowed.
 */
export function arrays(
  length: number,
  elements: (random: SeededRandom) => () => number,
  allows: (x: number) => boolean,
): Arbitrary<Float32Array> {
  return drawn({
    draw: (random) => {
      const next = elements(new SeededRandom(random.nextInt()));
      return printable(Float32Array.from({ length }, next));
    },
    isDrawable: (value): value is Float32Array =>
      value instanceof Float32Array && value.length === length && value.every(allows),
    moves: () => elementMoves(length, allows),
  });
}
