import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeNpy } from "../../src/inputs/write-npy.js";
import type { SweepOptions } from "../../src/sweep/options.js";
import { fixture, swept } from "../sweep/swept.js";
import { comparisonOf, replayed } from "./replayed.js";

const quick = { targets: ["cpu"], points: 101 };

/** Replays every finding of a sweep, and gives their kinds. */
async function kindsAgreed(loss: string, options: Partial<SweepOptions>): Promise<Set<string>> {
  const { findings } = await swept(loss, { ...quick, ...options });
  for (const finding of findings) {
    const { verdict, severity } = comparisonOf(finding, await replayed(finding));
    expect([verdict, severity], finding.replay).toEqual([finding.kind, finding.severity]);
  }
  return new Set(findings.map(({ kind }) => kind));
}

describe("the replay command of a finding says the same kind, of", () => {
  test.each<[string, Partial<SweepOptions>, string[]]>([
    ["softplus", {}, ["overflow", "nan", "inaccurate", "formula"]],
    ["softplus", { rtol: 1e-2, atol: 1e-9 }, ["overflow", "inaccurate"]],
    ["softplus", { rtol: 1e-7 }, ["overflow", "inaccurate"]],
    [
      "sigmoid-cross-entropy",
      { implementations: ["naive", "line-2", "tensorflow"], special: ["zero", "infinity"], points: 21 },
      ["formula", "dead-gradient"],
    ],
    [
      "softmax-cross-entropy",
      { heatmaps: { count: 0, height: 1, width: 1, classes: 3, objects: [0, 0] } },
      ["nan", "overflow"],
    ],
    [
      "heatmap-focal",
      {
        implementations: ["clamped", "logits-differentiable", "logits", "naive"],
        points: 21,
        heatmaps: { count: 4, height: 4, width: 4, classes: 1, objects: [1, 2] },
      },
      ["semantic", "dead-gradient", "throws", "nan"],
    ],
    [
      fixture("sweep/normalisation.ts"),
      { points: 11, heatmaps: { count: 2, height: 4, width: 4, classes: 1, objects: [1, 2] } },
      ["semantic"],
    ],
    [
      fixture("sweep/normalisation.ts"),
      { points: 11, implementations: ["perPixel", "perBatch"] },
      ["semantic"],
    ],
    [`${fixture("sweep/wrong-gradients.ts")}#factor`, {}, ["formula"]],
    [fixture("user-losses/faulty/throws-above-5.ts"), {}, ["throws"]],
    [fixture("user-losses/reduced/focal-probabilities.ts"), { from: "probabilities" }, ["overflow"]],
  ])("%s with %j", async (loss, options, expected) => {
    expect([...(await kindsAgreed(loss, options))]).toEqual(expect.arrayContaining(expected));
  });
});

test("the tolerance stands in a replay command where it is not the default", async () => {
  const replays = async (options: Partial<SweepOptions>) =>
    (await swept("softplus", { ...quick, implementations: ["naive"], ...options })).findings.map(
      ({ replay }) => replay,
    );
  for (const replay of await replays({})) expect(replay).not.toMatch(/tol/);
  for (const replay of await replays({ rtol: 1e-7, atol: 1e-30 })) {
    expect(replay).toMatch(/ --rtol=1e-7 --atol=1e-30$/);
  }
});

test("an export that was swept beside others is replayed with them, and one that was swept alone is not", async () => {
  const file = fixture("sweep/normalisation.ts");
  const replaysOf = async (argument: string, options: Partial<SweepOptions> = {}) =>
    (await swept(argument, { ...quick, rtol: 1e-8, ...options })).findings
      .filter(({ implementation }) => implementation === "perPixel")
      .map(({ replay }) => replay.split(" ").slice(2, 4).join(" "));
  expect(new Set(await replaysOf(file))).toEqual(new Set([`${file}#perPixel --with=perBatch,perBatchAgain`]));
  const two = { implementations: ["perPixel", "perBatch"] };
  expect(new Set(await replaysOf(file, two))).toEqual(new Set([`${file}#perPixel --with=perBatch`]));
  for (const replay of await replaysOf(`${file}#perPixel`)) expect(replay).not.toMatch(/--with/);
});

test("a function is given each point in as many axes as a sweep gives it", async () => {
  const logits = join(mkdtempSync(join(tmpdir(), "audit-")), "logits.npy");
  await writeNpy(logits, [2, 2], Float32Array.of(20, 1, -12, 3));
  for (const options of [{}, { logits }]) {
    const kinds = await kindsAgreed(fixture("sweep/four-axes.ts"), { ...options, labels: [0] });
    expect([...kinds]).toEqual(expect.arrayContaining(["overflow", "nan", "inaccurate"]));
  }
});
