import { expect, test } from "vitest";
import { InputError } from "../../src/inputs/input-error.js";
import { sweepDefaults } from "../../src/sweep/defaults.js";
import { ownOptions } from "../../src/sweep/own-options.js";
import { sweep } from "../../src/sweep/sweep.js";
import { findings, swept } from "./swept.js";

const options = { ...sweepDefaults, targets: ["cpu"], points: 11 };

test("a loss has its own options before those of all, heat maps key by key", () => {
  const own = { softplus: { points: 21, heatmaps: { ...options.heatmaps, count: 3 } }, other: { seed: 1 } };
  const common = { ...options, heatmaps: { ...options.heatmaps, width: 8 } };
  expect(ownOptions({ ...common, own }, "softplus")).toEqual({ ...common, ...own.softplus });
  const some = { softplus: { heatmaps: { count: 3 } as typeof options.heatmaps } };
  expect(ownOptions({ ...common, own: some }, "softplus").heatmaps).toEqual({ ...common.heatmaps, count: 3 });
  expect(ownOptions({ ...common, own }, "log-sum-exp")).toEqual(common);
});

test("a sweep gives each loss its own", async () => {
  const losses = ["softplus", "log-sum-exp"];
  const own = { softplus: { points: 21, range: [-2, 2] as [number, number], implementations: ["naive"] } };
  const { losses: summaries } = await sweep({ ...options, losses, own });
  expect(summaries.map(({ inputs }) => inputs[0])).toEqual([
    expect.stringMatching(/^21 logits evenly spaced in \[-2, 2\]/),
    expect.stringMatching(/^11 logits evenly spaced in \[-120, 120\]/),
  ]);
  expect(summaries.map(({ implementations }) => implementations.length)).toEqual([1, 3]);
});

test("its files are read before anything runs", async () => {
  const own = { softplus: { logits: "missing.npy" } };
  const run = sweep({ ...options, losses: ["softplus", "log-sum-exp"], own });
  await expect(run).rejects.toThrow(InputError);
  await expect(run).rejects.toThrow(/missing\.npy/);
});

test("all findings of a kind count as what they are said to", async () => {
  const severe = await swept("softplus", { targets: ["cpu"], points: 101 });
  const mild = await swept("softplus", {
    targets: ["cpu"],
    points: 101,
    severities: { overflow: "note", nan: "warning" },
  });
  const naive = { implementation: "naive", kind: "overflow" } as const;
  expect(findings(severe, naive).map(({ severity }) => severity)).toContain("error");
  expect(new Set(findings(mild, naive).map(({ severity }) => severity))).toEqual(new Set(["note"]));
  expect(mild.findings.map(({ id }) => id)).toEqual(severe.findings.map(({ id }) => id));
  const verdict = ({ summary }: typeof mild) => summary.implementations[0].verdict;
  expect([verdict(severe), verdict(mild)]).toEqual(["error", "warning"]);
});

test("what counts for more has a reason, as all that is severe", async () => {
  const { findings: found } = await swept("softplus", {
    targets: ["cpu"],
    points: 101,
    severities: { underflow: "error" },
  });
  const [underflow] = found.filter(({ kind }) => kind === "underflow");
  expect(underflow).toMatchObject({ severity: "error", reason: expect.stringMatching(/\S/) });
});
