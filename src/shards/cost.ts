import { statSync } from "node:fs";
import { typedPath } from "../cli/typed-path.js";
import type { FuzzOptions } from "../fuzz/options.js";
import type { PointShape } from "../losses/loss.js";
import type { ResolvedLoss } from "../losses/resolve.js";
import type { SweepOptions } from "../sweep/options.js";
import { targets } from "../targets/names.js";

// Seconds of one processor, of which only the ratios matter. Measured on the catalogue, on the cpu target: the sums that
// they come from stand beside them.

/** A process that has loaded tfjs and looked at all implementations: 1.2 + 0.3; with a browser 3 more. */
const START = { process: 1.5, page: 4.5 };

/** What one implementation takes. */
interface Rates {
  /** Of a sweep: boundaries, reasons and curves, whatever the points; each point, and how many there are unless that is said. */
  swept: number;
  point: number;
  points: number;
  /** Each pixel of a whole map. */
  pixel: number;
  /** Of a search: shrinking and training runs; each input, and how many there are unless that is said. */
  searched: number;
  input: number;
  inputs: number;
}

const RATES: Record<PointShape, Rates> = {
  element: {
    // Sigmoid cross entropy, 12 implementations: 3 s; 20.9 s with 2,000,001 points a label.
    ...{ swept: 0.2, point: 4e-7, points: 20_001, pixel: 4e-7 },
    // 8.4 s with 500 inputs, 9.3 s with 4,000.
    ...{ searched: 0.5, input: 2e-5, inputs: 65_536 },
  },
  row: {
    // Softmax cross entropy, 3 implementations: 2.6 s; 6.1 s with 400,001 points a label.
    ...{ swept: 0.7, point: 1.6e-6, points: 20_001, pixel: 1.6e-6 },
    // 6.5 s with 500 inputs, 7.6 s with 4,000; log-sum-exp 3.0 s and 3.8 s.
    ...{ searched: 1.6, input: 9e-5, inputs: 65_536 },
  },
  map: {
    // Heat map focal loss, 7 implementations: 7.1 s with 11 points a label, 12.9 s with 641; 16 more maps of 256 pixels 0.7 s.
    ...{ swept: 1, point: 4e-4, points: 161, pixel: 2.5e-5 },
    // 23.9 s with 500 inputs, 39.2 s with 4,000.
    ...{ searched: 3, input: 6e-4, inputs: 4096 },
  },
};

/** Where each point is a call of its own, on another target than cpu: 18.1 s instead of the 12.9. */
const CALLS = 1.4;

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
  const slower = rates === RATES.map && target !== "cpu" ? CALLS : 1;
  const { points = rates.points, labels, logits, heatmaps } = options;
  const start = startOf(target);
  if (logits !== undefined) return { start, each: rates.swept + pixelsOf(options) * rates.pixel };
  const { count = 0, height, width, classes } = heatmaps;
  const swept = labels.length * (points + Math.min(points, 4096)) * rates.point;
  const drawn = count * height * width * classes * rates.pixel;
  return { start, each: slower * (rates.swept + swept + drawn) };
}

/** Of the search of a loss on a target. */
export function fuzzCost(
  loss: ResolvedLoss,
  target: string,
  { runs, time }: FuzzOptions,
  implementations: number,
): number {
  const { searched, input, inputs } = ratesOf(loss);
  return startOf(target) + (time ?? implementations * (searched + (runs ?? inputs) * input));
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
