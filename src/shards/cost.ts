import { statSync } from "node:fs";
import { typedPath } from "../cli/typed-path.js";
import type { FuzzOptions } from "../fuzz/options.js";
import type { PointShape } from "../losses/loss.js";
import type { ResolvedLoss } from "../losses/resolve.js";
import type { SweepOptions } from "../sweep/options.js";
import { targets } from "../targets/names.js";

/**
 * Seconds of one processor, as far as they can be told without running anything: only their ratios matter. Measured on
 * the catalogue, on the cpu target, with 11 to 2,000,001 points a label, and 4 and 20 maps; see the sums beside each.
 */

/** A process that has loaded tfjs and looked at all implementations: 1.2 + 0.3; with a browser 3 more. */
const START = { process: 1.5, page: 4.5 };

/** What one implementation takes. */
interface Rates {
  /** Boundaries, reasons, curves: whatever the points. */
  swept: number;
  /** Each point, and how many there are of them unless that is said. */
  point: number;
  points: number;
  /** Each pixel of a whole map. */
  pixel: number;
  /** Each input of a search, and how many there are of them unless that is said. */
  input: number;
  inputs: number;
}

const RATES: Record<PointShape, Rates> = {
  // Sigmoid cross entropy, 12 implementations: 3 s; 20.9 s with 2,000,001 points.
  element: { swept: 0.2, point: 4e-7, points: 20_001, pixel: 4e-7, input: 1e-5, inputs: 65_536 },
  // Softmax cross entropy, 3 implementations: 2.6 s; 6.1 s with 400,001 points.
  row: { swept: 0.7, point: 1.6e-6, points: 20_001, pixel: 1.6e-6, input: 1e-4, inputs: 65_536 },
  // Heat map focal loss, 7 implementations: 7.1 s with 11 points; 12.9 s with 641; 0.7 s for 16 more maps of 256 pixels.
  map: { swept: 1, point: 4e-4, points: 161, pixel: 2.5e-5, input: 1e-3, inputs: 4096 },
};

/** Losses of the catalogue that are not of each element. What a file has nobody knows: something in the middle. */
const SHAPES: Readonly<Record<string, PointShape>> = {
  "softmax-cross-entropy": "row",
  "log-sum-exp": "row",
  "heatmap-focal": "map",
};

export interface Cost {
  /** Of each process. */
  start: number;
  /** Of each implementation. */
  each: number;
}

/** Of the sweep of a loss on a target, with the options of that loss. */
export function sweepCost(loss: ResolvedLoss, target: string, options: SweepOptions): Cost {
  const rates = ratesOf(loss);
  const { points = rates.points, labels, logits, heatmaps } = options;
  const start = startOf(target);
  if (logits !== undefined) return { start, each: rates.swept + pixelsOf(options) * rates.pixel };
  const { count = 0, height, width, classes } = heatmaps;
  const swept = labels.length * (points + Math.min(points, 4096)) * rates.point;
  return { start, each: rates.swept + swept + count * height * width * classes * rates.pixel };
}

/** Of the search of a loss on a target. */
export function fuzzCost(loss: ResolvedLoss, target: string, { runs, time }: FuzzOptions, implementations: number): number {
  const { input, inputs } = ratesOf(loss);
  return startOf(target) + (time ?? implementations * (runs ?? inputs) * input);
}

function ratesOf(loss: ResolvedLoss): Rates {
  return RATES[loss.kind === "catalogue" ? (SHAPES[loss.name] ?? "element") : "row"];
}

function startOf(target: string): number {
  return START[targets.find(({ name }) => name === target)?.place ?? "process"];
}

/** Of a file of real logits, as often as it is judged. */
function pixelsOf({ logits, labelMap, labels }: SweepOptions): number {
  try {
    const floats = statSync(typedPath(logits as string)).size / 4;
    return floats * (labelMap === undefined ? labels.length : 1);
  } catch {
    return 0; // what is wrong with it is said when it is read
  }
}
