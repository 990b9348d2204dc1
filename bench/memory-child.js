// Sweeps argv[2] logits with two labels and two implementations, and prints what that took as JSON.
import { sweepDefaults } from "../dist/src/sweep/defaults.js";
import { sweepLoss } from "../dist/src/sweep/sweep-loss.js";

const name = "sigmoid-cross-entropy";
const options = {
  ...sweepDefaults,
  losses: [name],
  implementations: ["naive", "softplus"],
  targets: ["wasm"],
  points: Number(process.argv[2]),
};
const start = performance.now();
const hooks = { onStep: () => {}, isStopped: () => false };
const { summary } = await sweepLoss({ argument: name, kind: "catalogue", name }, "wasm", options, [], hooks);
console.log(
  JSON.stringify({
    points: summary.implementations.reduce((sum, { points }) => sum + points, 0),
    peak: process.resourceUsage().maxRSS / 1024,
    seconds: (performance.now() - start) / 1000,
  }),
);
