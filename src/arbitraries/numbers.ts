import type { Arbitrary } from "fast-check";
import { roundings } from "../inputs/roundings.js";
import { type Drawing, drawn } from "./drawn.js";

/** float32 numbers, which shrink to those that are simpler to read and allowed, the simplest first. */
export function numbers(draw: Drawing<number>["draw"], allows: (x: number) => boolean): Arbitrary<number> {
  const simpler = (x: number) => [...roundings(x)].filter(allows);
  return drawn({
    draw,
    isDrawable: (value): value is number =>
      typeof value === "number" && Object.is(Math.fround(value), value) && allows(value),
    moves: () => [simpler],
  });
}
