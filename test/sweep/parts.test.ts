import { expect, test } from "vitest";
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

const small = { ...sweepDefaults.heatmaps, count: 2, height: 8, width: 8 };

test.each([
  ["sigmoid-cross-entropy", { points: 101 }],
  ["softmax-cross-entropy", { points: 101, special: ["zero", "infinity", "subnormal"] }],
  ["heatmap-focal", { points: 11, heatmaps: small }],
  ["softplus", { points: 101, heatmaps: { ...small, classes: 2 } }],
  [fixture("sweep/normalisation.ts"), {}],
  [fixture("sweep/kinks.ts"), {}],
  [fixture("sweep/branches.ts"), { special: ["infinity"] }],
  [fixture("sweep/infinite.ts"), {}],
  [fixture("sweep/wrong-gradients.ts"), {}],
  [fixture("sweep/per-sample.ts"), { heatmaps: small }],
  [fixture("sweep/throws-in-map.ts"), { heatmaps: small }],
  [fixture("sweep/unfit.ts"), {}],
  [fixture("user-losses/faulty/leaks.ts"), {}],
] satisfies [string, Partial<SweepOptions>][])(
  "%s gives the same, to the last byte, in one part and in three",
  async (argument, given) => {
    const options = { targets: ["cpu"], points: 31, plots: true, ...given };
    const whole = JSON.stringify(await inParts(argument, 1, options));
    expect(JSON.stringify(await inParts(argument, 3, options))).toBe(whole);
  },
);

test("more parts than implementations leave some without any", async () => {
  const options = { targets: ["cpu"], points: 31 };
  const whole = await inParts("log-sum-exp", 1, options);
  expect(whole.result?.summary.implementations).toHaveLength(3);
  expect(await inParts("log-sum-exp", 5, options)).toEqual(whole);
});
