import type { Random } from "./random.js";
import { fromTotalOrdinal, totalOrdinal } from "./total-order.js";

/** Logits of a network are scale * (background + the splats of what it sees). */
export interface NetworkDistribution {
  background: { mean: number; deviation: number };
  /** How far a detection stands out of the background, at its centre. */
  peak?: { mean: number; deviation: number };
  scale: number;
}

export type NetworkSource = "initialisation" | "trained" | "over-confident" | "mis-scaled";

/** Where logits come from: a network at some stage, or one of the extremes. */
export type LogitSource = NetworkSource | "saturated" | "bits";

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
export const networks: Readonly<Record<NetworkSource, NetworkDistribution>> = {
  initialisation: { background: { mean: -2.19, deviation: 0.1 }, scale: 1 },
  trained: { ...trained, scale: 1 },
  "over-confident": { ...trained, scale: 6 },
  "mis-scaled": { ...trained, scale: 40 },
};

export const networkSources = Object.keys(networks) as NetworkSource[];

/**
 * The networks, and:
 * - `saturated`: evenly from 17 to 120, of either sign. Sigmoid is 1 in float32
 *   from 16.6 or 17.3 on, exp overflows from 88.7 and is 0 below -104.
 * - `bits`: any float32 from -10000 to 10000, each as likely, so that most are
 *   tiny: all exponents, subnormals, -0.
 */
export const logitSources: readonly LogitSource[] = [...networkSources, "saturated", "bits"];

const SATURATED = [17, 120] as const;
const LARGEST_OF_BITS = 10_000;
/** Every fourth logit of a network that detects anything is a detection. */
const DETECTIONS = 4;

/** One logit. */
export function drawLogit(random: Random, source: LogitSource): number {
  if (source === "bits") {
    const end = totalOrdinal(LARGEST_OF_BITS);
    return fromTotalOrdinal(random.integer(-1 - end, end));
  }
  if (source === "saturated") {
    const [low, high] = SATURATED;
    const magnitude = Math.fround(low + (random.uint32() / 2 ** 32) * (high - low));
    return random.integer(0, 1) === 0 ? magnitude : -magnitude;
  }
  const { background, peak, scale } = networks[source];
  const detected = peak && random.integer(1, DETECTIONS) === 1;
  const height = detected ? Math.max(random.normal(peak.mean, peak.deviation), 0) : 0;
  return Math.fround(scale * (random.normal(background.mean, background.deviation) + height));
}

/** Whether a source gives `x`, be it ever so seldom. Nothing lies beyond 6 deviations. */
export function isLogitOf(x: number, source: LogitSource): boolean {
  const magnitude = Math.abs(x);
  if (source === "bits") return magnitude <= LARGEST_OF_BITS;
  if (source === "saturated") return SATURATED[0] <= magnitude && magnitude <= SATURATED[1];
  const { background, peak = { mean: 0, deviation: 0 }, scale } = networks[source];
  const low = background.mean - 6 * background.deviation;
  const high = background.mean + 6 * background.deviation + peak.mean + 6 * peak.deviation;
  return Math.fround(scale * low) <= x && x <= Math.fround(scale * high);
}
