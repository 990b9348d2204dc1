import type { SweepOptions } from "./options.js";

/** What `audit sweep` does unless it is told otherwise. */
export const sweepDefaults: Readonly<SweepOptions> = {
  losses: [],
  implementations: [],
  targets: ["cpu", "wasm"],
  // Beyond the ends of float32's exp on both sides: it is subnormal below -87.3, 0 below -104, Inf above 88.7.
  range: [-120, 120],
  labels: [0, 1],
  special: [],
  heatmaps: { height: 16, width: 16, classes: 1, objects: [0, 3] },
  seed: 0,
  from: "logits",
  // Some hundred ulps of float32: what a stable formula never loses and training does not notice.
  rtol: 1e-5,
  atol: 0,
  failOn: "never",
  timeout: 30,
};
