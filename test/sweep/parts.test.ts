import { describe, expect, test } from "vitest";
import { resolveLosses } from "../../src/losses/resolve.js";
import { sweepDefaults } from "../../src/sweep/defaults.js";
import { joinParts } from "../../src/sweep/join-parts.js";
import type { SweepOptions } from "../../src/sweep/options.js";
import { cutPart, WHOLE } from "../../src/sweep/piece.js";
import { fixture, sweptPart } from "./swept.js";

async function inParts(argument: string, n: number, options: Partial<SweepOptions> = {}) {
  const [loss] = resolveLosses([argument]);
  const all = { ...sweepDefaults, ...options };
  const parts = [];
  for (const part of cutPart(WHOLE, n)) {
    parts.push({ result: await sweptPart(loss, all.targets[0], all, part), errors: [] });
  }
  return joinParts(parts);
}

describe.each([
  ["sigmoid-cross-entropy", {}],
  ["softmax-cross-entropy", { special: ["zero", "infinity", "subnormal"] }],
  ["heatmap-focal", { points: 21 }],
  ["softplus", { heatmaps: { ...sweepDefaults.heatmaps, count: 2, classes: 2 } }],
  [fixture("sweep/normalisation.ts"), {}],
  [fixture("sweep/kinks.ts"), {}],
  [fixture("sweep/branches.ts"), { special: ["infinity"] }],
  [fixture("sweep/infinite.ts"), {}],
  [fixture("sweep/wrong-gradients.ts"), {}],
  [fixture("sweep/per-sample.ts"), {}],
  [fixture("sweep/throws-in-map.ts"), {}],
  [fixture("sweep/unfit.ts"), {}],
  [fixture("user-losses/faulty/leaks.ts"), {}],
] satisfies [string, Partial<SweepOptions>][])("%s", (argument, given) => {
  const options = { targets: ["cpu"], points: 301, plots: true, ...given };

  test("gives the same, to the last byte, however it is cut", async () => {
    const whole = JSON.stringify(await inParts(argument, 1, options));
    for (const n of [2, 3, 20]) {
      expect(JSON.stringify(await inParts(argument, n, options)), `${n} parts`).toBe(whole);
    }
  });
});
