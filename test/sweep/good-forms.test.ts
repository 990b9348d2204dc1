import { expect, test } from "vitest";
import type { Finding } from "../../src/judge/finding.js";
import type { SweepOptions } from "../../src/sweep/options.js";
import { findings, short, swept } from "./swept.js";

const LABELS = [0, 1, Math.fround(0.3)];
const range: [number, number] = [-80, 80];
const heatmaps = { count: 4, height: 8, width: 8, classes: 2, objects: [0, 3] as [number, number] };

const alarms = ({ findings }: { findings: Finding[] }) =>
  findings.filter(({ severity }) => severity !== "note").map(short);

const good: [loss: string, implementations: string[], options?: Partial<SweepOptions>][] = [
  ["sigmoid-cross-entropy", ["softplus", "library"]],
  ["softplus", ["library"]],
  ["heatmap-focal", ["stable"], { points: 401 }],
  ["log-sum-exp", ["shifted", "library"]],
  ["softmax-cross-entropy", ["shifted"]],
];

test.each(good)("%s %j has no error and no warning on [-80, 80]", async (loss, implementations, options) => {
  const result = await swept(loss, { implementations, range, labels: LABELS, heatmaps, ...options });
  expect(alarms(result)).toEqual([]);
  expect(result.errors).toEqual([]);
  expect(result.unresolved).toBe(0);
  expect(result.summary.implementations).toHaveLength(2 * implementations.length);
});

test.each(good)("%s %j has none for special values either", async (loss, implementations, options) => {
  const result = await swept(loss, {
    implementations,
    range,
    special: ["zero", "infinity", "subnormal"],
    points: 101,
    labels: LABELS,
    heatmaps: { ...heatmaps, count: 0 },
    ...(options && { points: 41 }),
  });
  // Beyond the range even these end somewhere: at 1.7e38, or at Infinity itself, where they take Infinity from Infinity.
  const within = result.findings.filter(
    ({ region }) => Number(region.from.value) <= 80 && Number(region.to.value) >= -80,
  );
  expect(within.filter(({ severity }) => severity !== "note").map(short)).toEqual([]);
});

test("the good forms with labels 0 and 1 have not even a note on cpu", async () => {
  const { findings: found } = await swept("sigmoid-cross-entropy", {
    implementations: ["softplus"],
    targets: ["cpu"],
  });
  expect(found.map(short)).toEqual([]);
});

test("a soft label beyond [0, 1] makes no error of a good form", async () => {
  const result = await swept("heatmap-focal", {
    implementations: ["stable"],
    range,
    labels: [1.5, -0.5],
    points: 81,
    heatmaps: { ...heatmaps, count: 0 },
  });
  expect(
    findings(result, {})
      .filter(({ severity }) => severity === "error")
      .map(short),
  ).toEqual([]);
});
