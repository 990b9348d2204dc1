import type { HeatMaps } from "./draw-maps.js";
import type { Move } from "./drawn.js";
import { elementMoves } from "./element-moves.js";
import { printable } from "./printable.js";
import { parts, take } from "./slices.js";

/** An axis of a batch, and how few of it must be left. */
interface Axis {
  axis: number;
  fewest: number;
}

/** Labels stay probabilities. */
export const isProbability = (z: number) => z >= 0 && z <= 1;

/**
 * Ways to make heat maps of `size` logits simpler where the result is allowed:
 * a part of one of the axes, in the order given; then simpler logits; then
 * simpler labels.
 */
export function heatMapMoves(
  size: number,
  axes: readonly Axis[],
  allowsLogit: (x: number) => boolean,
  allows: (maps: HeatMaps) => boolean,
): Move<HeatMaps>[] {
  const moves: Move<HeatMaps>[] = [
    (maps) => smaller(maps, axes),
    ...elementMoves(size, allowsLogit).map((move) => inside("logits", move)),
    ...elementMoves(size, isProbability).map((move) => inside("labels", move)),
  ];
  return moves.map(
    (move) =>
      function* (maps) {
        for (const simpler of move(maps)) if (allows(simpler)) yield simpler;
      },
  );
}

function inside(part: "logits" | "labels", move: Move<Float32Array>): Move<HeatMaps> {
  return function* (maps) {
    for (const simpler of move(maps[part])) yield { ...maps, [part]: simpler };
  };
}

function* smaller({ shape, logits, labels }: HeatMaps, axes: readonly Axis[]): Generator<HeatMaps> {
  for (const { axis, fewest } of axes) {
    for (const kept of parts(shape[axis])) {
      if (kept.length < fewest) continue;
      yield {
        shape: shape.with(axis, kept.length) as HeatMaps["shape"],
        logits: printable(take(logits, shape, axis, kept)),
        labels: printable(take(labels, shape, axis, kept)),
      };
    }
  }
}
