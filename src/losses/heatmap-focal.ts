import { logits, logitsDifferentiable } from "./heatmap-focal/logits.js";
import { clamped, naive, slow, transPred } from "./heatmap-focal/probabilities.js";
import { stable } from "./heatmap-focal/stable.js";
import type { Loss } from "./loss.js";

/**
 * The penalty-reduced focal loss of key-point heat maps, alpha = 2, beta = 4,
 * over a batch of maps: the labels are 1 at the centre of an object, fall off
 * around it, and are 0 elsewhere.
 */
export const heatmapFocal: Loss = {
  name: "heatmap-focal",
  summary: "The focal loss of key-point heat maps (CornerNet, CenterNet), over a batch of maps.",
  formula: "-(Σ[z=1] log(p)*(1-p)^2 + Σ[z<1] log(1-p)*p^2*(1-z)^4) / max(number of z=1, 1), p = sigmoid(x)",
  source:
    "H. Law & J. Deng, CornerNet, 2018, equation 1; X. Zhou et al., Objects as points, 2019, equation 1",
  point: "map",
  implementations: [naive, slow, transPred, clamped, logits, logitsDifferentiable, stable],
  reference: ["stable", "naive"],
};
