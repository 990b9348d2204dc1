import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fuzzDefaults } from "../../src/fuzz/defaults.js";
import { fuzz } from "../../src/fuzz/fuzz.js";
import type { FuzzOptions } from "../../src/fuzz/options.js";
import { jsonText } from "../../src/report/json.js";
import type { AuditReport } from "../../src/report/report.js";
import { mergedReport } from "../../src/shards/merged-report.js";
import { runShard } from "../../src/shards/run-shard.js";
import type { Work } from "../../src/shards/work.js";
import { sweepDefaults } from "../../src/sweep/defaults.js";
import type { SweepOptions } from "../../src/sweep/options.js";
import { sweep } from "../../src/sweep/sweep.js";
import { fixture } from "../sweep/swept.js";
import { folder } from "./blobs.js";

let runs = 0;

/** The JSON that the shards of a work give when they are merged, in another order. */
async function merged(work: Work, of: number, plots = false): Promise<string> {
  const run = runs++;
  const files: string[] = [];
  for (let index = 1; index <= of; index++) {
    const file = join(folder, `run-${run}-${index}.json`);
    await runShard(work, { index, of }, file);
    files.unshift(file);
  }
  return jsonText((await mergedReport(files, plots)).report);
}

/** Each shard starts processes of its own, one after the other. */
const LONG = 300_000;

describe("a sweep of a loss that takes its process with it, of others, and of a target that is missing", () => {
  const options: SweepOptions = {
    ...sweepDefaults,
    losses: [fixture("shards/crashes.mjs"), "softplus", fixture("sweep/missing.ts")],
    targets: ["cpu", "tensorflow-gpu"],
    points: 31,
    own: { softplus: { points: 41, labels: [-0, 1] } },
    severities: { underflow: "warning" },
    timeout: 60,
  };
  let whole: Promise<string> | undefined;
  const wholeText = () => (whole ??= sweep(options).then(jsonText));

  test(
    "has all of that in it",
    async () => {
      const { errors, losses, exitCode }: AuditReport = JSON.parse(await wholeText());
      expect(errors.map(({ loss, implementation, target }) => implementation ?? loss ?? target)).toEqual([
        "tensorflow-gpu",
        "exits",
        "aborts",
        fixture("sweep/missing.ts"),
      ]);
      const names = losses.map((one) => one.implementations.map(({ implementation }) => implementation));
      expect(names).toEqual([
        ["good", "naive"],
        ["naive", "overflow-free", "log1p", "library"],
      ]);
      expect(exitCode).toBe(2);
    },
    LONG,
  );

  test.each([1, 3, 7])(
    "is the same, to the last byte, from %d shards",
    async (of) => {
      expect(await merged({ command: "sweep", sweep: { ...options, jobs: 1 + (of % 3) } }, of)).toBe(
        await wholeText(),
      );
    },
    LONG,
  );
});

test(
  "plots are in the merged report where they are wanted",
  async () => {
    const options: SweepOptions = {
      ...sweepDefaults,
      losses: ["heatmap-focal"],
      implementations: ["naive", "stable"],
      targets: ["cpu"],
      points: 11,
      heatmaps: { ...sweepDefaults.heatmaps, count: 2, height: 8, width: 8 },
    };
    const whole = jsonText(await sweep({ ...options, plots: true }));
    expect(whole).toContain('"curves"');
    expect(await merged({ command: "sweep", sweep: options }, 2, true)).toBe(whole);
  },
  LONG,
);

test(
  "a search is the same, to the last byte, from 3 shards",
  async () => {
    const options: FuzzOptions = {
      ...fuzzDefaults,
      losses: ["softplus", fixture("shards/crashes.mjs")],
      targets: ["cpu"],
      runs: 40,
      seed: 3,
      properties: ["nan", "overflow"],
      corpus: join(folder, "corpus"),
      timeout: 60,
    };
    await fuzz(options); // from then on the corpus is the same
    const whole = jsonText(await fuzz(options));
    const { findings, errors } = JSON.parse(whole);
    expect(findings.length).toBeGreaterThan(1);
    expect(errors.length).toBeGreaterThan(0);
    expect(await merged({ command: "fuzz", fuzz: options }, 3)).toBe(whole);
  },
  LONG,
);
