import { drawGaussian, gaussianRadius, type Splat } from "./gaussian.js";
import { InputError } from "./input-error.js";
import {
  drawLogit,
  type LogitSource,
  type NetworkDistribution,
  networkSources,
  networks,
} from "./logit-distributions.js";
import type { MapShape } from "./logit-map.js";
import { Random } from "./random.js";

export interface HeatMapOptions {
  count: number;
  height: number;
  width: number;
  classes: number;
  /** Fewest and most objects in a map. */
  objects: readonly [min: number, max: number];
  seed: number;
}

/** One sample: logits and the labels that a network would be trained on. */
export interface HeatMap {
  /** The distribution of the logits and a number: "trained-1". */
  name: string;
  shape: MapShape;
  logits: Float32Array<ArrayBuffer>;
  labels: Float32Array<ArrayBuffer>;
}

/**
 * Synthetic heat maps as CenterNet makes them, every distribution of logits in
 * turn. The map of an index depends on the seed and on nothing before it.
 *
 * Where no object is allowed, one map in four has none, of another
 * distribution in every round: losses divide by the number of objects.
 */
export function heatmaps(options: HeatMapOptions): HeatMap[] {
  checkOptions(options);
  return Array.from({ length: options.count }, (_, index) => heatmap(options, index));
}

function heatmap(
  { height, width, classes, objects: [min, max], seed }: HeatMapOptions,
  index: number,
): HeatMap {
  const random = new Random(seed, index);
  const round = Math.floor(index / networkSources.length);
  const source = networkSources[index % networkSources.length];
  const isEmpty = min === 0 && (index + round) % 4 === 3;
  const count = isEmpty || max === 0 ? 0 : random.integer(Math.max(min, 1), max);
  const grid = [height, width, classes] as const;
  const objects = Array.from({ length: count }, () => randomSplat(random, grid));
  return {
    name: `${source}-${round + 1}`,
    shape: [1, ...grid],
    ...drawSample(random, grid, objects, source),
  };
}

/** A map of [height, width, class] with some objects, and the logits that one of the sources gives for it. */
export function drawSample(
  random: Random,
  grid: readonly [height: number, width: number, classes: number],
  objects: readonly Splat[],
  source: LogitSource,
): Pick<HeatMap, "logits" | "labels"> {
  const labels = new Float32Array(grid[0] * grid[1] * grid[2]);
  for (const object of objects) drawGaussian(labels, grid, object);

  const logits = new Float32Array(labels.length);
  if (source === "saturated" || source === "bits") {
    return { labels, logits: logits.map(() => drawLogit(random, source)) };
  }
  const { background, peak, scale } = networks[source];
  for (const detection of detections(random, grid, peak, objects)) drawGaussian(logits, grid, detection);
  for (let i = 0; i < logits.length; i++) {
    logits[i] = scale * (random.normal(background.mean, background.deviation) + logits[i]);
  }
  return { labels, logits };
}

/** A box of up to half the map, centred on any pixel. */
function randomSplat(random: Random, [height, width, classes]: readonly [number, number, number]): Splat {
  const boxHeight = random.integer(1, Math.ceil(height / 2));
  const boxWidth = random.integer(1, Math.ceil(width / 2));
  return {
    y: random.integer(0, height - 1),
    x: random.integer(0, width - 1),
    class: random.integer(0, classes - 1),
    radius: Math.floor(gaussianRadius(boxHeight, boxWidth)),
  };
}

/** What the network sees: of eight objects it misses one, and in every map it sees one that is not there. */
function detections(
  random: Random,
  grid: readonly [number, number, number],
  peak: NetworkDistribution["peak"],
  objects: readonly Splat[],
): Splat[] {
  if (!peak) return [];
  const seen = objects.filter(() => random.integer(1, 8) > 1);
  return [...seen, randomSplat(random, grid)].map((splat) => ({
    ...splat,
    amplitude: random.normal(peak.mean, peak.deviation),
  }));
}

function checkOptions(options: HeatMapOptions): void {
  const [min, max] = options.objects;
  for (const name of ["count", "height", "width", "classes"] as const) {
    if (!Number.isSafeInteger(options[name]) || options[name] < 1) {
      throw new InputError(`Heat maps with ${name} ${options[name]}: give an integer of at least 1.`);
    }
  }
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min < 0 || max < min) {
    throw new InputError(
      `Heat maps with ${min} to ${max} objects: give two integers, the fewest and the most, such as 0,8.`,
    );
  }
}
