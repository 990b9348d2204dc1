import { Arbitrary, type Random, type Stream, stream, Value } from "fast-check";

/** One way to make a value simpler: what to try in its place, the simplest first. */
export type Move<T> = (value: T) => Iterable<T>;

export interface Drawing<T> {
  /** A value from fast-check's random numbers, with which one in `biasFactor` should be an edge case. */
  draw(random: Random, biasFactor: number | undefined): T;
  isDrawable(value: unknown): value is T;
  /** Every move makes a value simpler by one order without endless descent. */
  moves(value: T): readonly Move<T>[];
}

/**
 * Values that are drawn in some way and shrunk move by move.
 *
 * What a move gives has that move as its context and is shrunk from there on:
 * many parts of a value are simplified in one pass, instead of the first ones
 * again after every success. The moves before come last, so that none is left
 * out, and what still fails in the end can't be simplified by any.
 */
export function drawn<T>(drawing: Drawing<T>): Arbitrary<T> {
  return new DrawnArbitrary(drawing);
}

class DrawnArbitrary<T> extends Arbitrary<T> {
  constructor(private readonly drawing: Drawing<T>) {
    super();
  }

  generate(random: Random, biasFactor: number | undefined): Value<T> {
    return new Value(this.drawing.draw(random, biasFactor), undefined);
  }

  canShrinkWithoutContext(value: unknown): value is T {
    return this.drawing.isDrawable(value);
  }

  shrink(value: T, context: unknown): Stream<Value<T>> {
    const first = typeof context === "number" ? context : 0;
    return stream(simplerValues(value, this.drawing.moves(value), first));
  }
}

function* simplerValues<T>(value: T, moves: readonly Move<T>[], first: number): Generator<Value<T>> {
  for (let k = 0; k < moves.length; k++) {
    const at = (first + k) % moves.length;
    for (const simpler of moves[at](value)) yield new Value(simpler, at);
  }
}
