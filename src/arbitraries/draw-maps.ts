import type { Splat } from "../inputs/gaussian.js";
import { drawSample } from "../inputs/heatmaps.js";
import type { LogitSource } from "../inputs/logit-distributions.js";
import type { Random } from "../inputs/random.js";
import { printable } from "./printable.js";

/** A batch of heat maps: logits and as many labels, row-major. */
export interface HeatMaps {
  /** In the order of the layout. */
  shape: [number, number, number, number];
  logits: Float32Array;
  labels: Float32Array;
}

/** [batch, height, width, class], as TensorFlow has it, or [batch, class, height, width], as PyTorch does. */
export type Layout = "channels-last" | "channels-first";

/** A batch, with objects in all or some of its samples. */
export function drawMaps(
  random: Random,
  [batch, height, width, classes]: readonly number[],
  layout: Layout,
  objects: readonly [fewest: number, most: number],
  source: LogitSource,
): HeatMaps {
  const grid = [height, width, classes] as const;
  const samples = Array.from({ length: batch }, () => {
    const splats = Array.from({ length: drawCount(random, objects) }, () => drawSplat(random, grid));
    return drawSample(random, grid, splats, source);
  });
  const planes = layout === "channels-last" ? 1 : classes;
  const join = (parts: readonly Float32Array[]) => {
    const ordered = parts.flatMap((data) =>
      Array.from({ length: planes }, (_, k) => [...data.filter((_, i) => i % planes === k)]).flat(),
    );
    return printable(Float32Array.from(ordered));
  };
  return {
    shape: layout === "channels-last" ? [batch, height, width, classes] : [batch, classes, height, width],
    logits: join(samples.map(({ logits }) => logits)),
    labels: join(samples.map(({ labels }) => labels)),
  };
}

/** One sample of four has no object where that is allowed. */
function drawCount(random: Random, [fewest, most]: readonly [number, number]): number {
  const isEmpty = most === 0 || (fewest === 0 && random.integer(1, 4) === 1);
  return isEmpty ? 0 : random.integer(Math.max(fewest, 1), most);
}

/** What CenterNet draws for a box of up to 10 pixels, centred on any pixel. */
function drawSplat(random: Random, [height, width, classes]: readonly [number, number, number]): Splat {
  return {
    y: random.integer(0, height - 1),
    x: random.integer(0, width - 1),
    class: random.integer(0, classes - 1),
    radius: random.integer(0, 2),
  };
}
