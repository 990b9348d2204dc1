import { heatmapFocal } from "./heatmap-focal.js";
import { logSumExp } from "./log-sum-exp.js";
import type { Loss } from "./loss.js";
import { sigmoidCrossEntropy } from "./sigmoid-cross-entropy.js";
import { softmaxCrossEntropy } from "./softmax-cross-entropy.js";
import { softplus } from "./softplus.js";

/** The losses that `audit` knows by name. */
export const catalogue: Loss[] = [
  sigmoidCrossEntropy,
  softplus,
  heatmapFocal,
  softmaxCrossEntropy,
  logSumExp,
];

/** The loss of exactly that name; undefined when there is none. */
export function findLoss(name: string): Loss | undefined {
  return catalogue.find((loss) => loss.name === name);
}
