import { drawGaussian, gaussianRadius, type Splat } from "./gaussian.js";
import { InputError } from "./input-error.js";
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

/** Logits are scale * (background + the splats of what the network sees). */
interface LogitDistribution {
  name: string;
  background: { mean: number; deviation: number };
  /** How far a detection stands out of the background, at its centre. */
  peak?: { mean: number; deviation: number };
  scale: number;
}

const trained = { background: { mean: -6, deviation: 1.5 }, peak: { mean: 8, deviation: 1.5 } };

/**
 * - `initialisation`: the first step of training. The bias of the last layer is
 *   -2.19 = -ln(0.9/0.1), so that every pixel starts at p = 0.1 (CenterNet, after
 *   Lin et al. 2017, RetinaNet, arXiv 1708.02002, section 4.1); its small random
 *   weights add little. Nothing is detected yet.
 * - `trained`: p is about 0.0025 in the background and 0.9 at objects. The
 *   MobileNet CenterNet of fixtures/centernet has a background of -5.5 ± 1 and
 *   peaks around 0; larger networks are surer of both.
 * - `over-confident`: the same, 6 times as sure, as networks get when they train
 *   on after the training loss is near 0. Nearly all of the background is below
 *   -17 and a third of the peaks above 17, where p or 1-p is 1 in float32; both
 *   reach ±60.
 * - `mis-scaled`: 40 times, a few hundred either way, as from a last layer
 *   without normalisation, a learning rate that is too large, or a percentage
 *   taken for a logit. exp overflows from 88.7 and is 0 below -104.
 */
const distributions: readonly LogitDistribution[] = [
  { name: "initialisation", background: { mean: -2.19, deviation: 0.1 }, scale: 1 },
  { name: "trained", ...trained, scale: 1 },
  { name: "over-confident", ...trained, scale: 6 },
  { name: "mis-scaled", ...trained, scale: 40 },
];

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
  const round = Math.floor(index / distributions.length);
  const distribution = distributions[index % distributions.length];
  const isEmpty = min === 0 && (index + round) % 4 === 3;
  const count = isEmpty || max === 0 ? 0 : random.integer(Math.max(min, 1), max);
  const grid = [height, width, classes] as const;
  const objects = Array.from({ length: count }, () => randomSplat(random, grid));

  const labels = new Float32Array(height * width * classes);
  for (const object of objects) drawGaussian(labels, grid, object);

  const logits = new Float32Array(labels.length);
  for (const detection of detections(random, grid, distribution, objects))
    drawGaussian(logits, grid, detection);
  const { background, scale } = distribution;
  for (let i = 0; i < logits.length; i++) {
    logits[i] = scale * (random.normal(background.mean, background.deviation) + logits[i]);
  }
  return { name: `${distribution.name}-${round + 1}`, shape: [1, ...grid], logits, labels };
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
  { peak }: LogitDistribution,
  objects: Splat[],
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
