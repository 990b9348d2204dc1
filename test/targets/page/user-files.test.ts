import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import type { AuditReport } from "../../../src/report/report.js";
import { sweepDefaults } from "../../../src/sweep/defaults.js";
import type { SweepOptions } from "../../../src/sweep/options.js";
import { sweep } from "../../../src/sweep/sweep.js";
import { runs } from "../expected.js";

vi.setConfig({ testTimeout: 180_000 }); // a browser starts for each target, and again after each end

const inPages = test.runIf(await runs("webgl"));
const losses = fileURLToPath(new URL("../../../fixtures/user-losses/", import.meta.url));

/** Sweeps as the command does, in a process for each loss on each target. */
function swept(
  names: string[],
  targets: string[],
  options: Partial<SweepOptions> = {},
): Promise<AuditReport> {
  const files = names.map((name) => (name.includes("/") ? losses + name : name));
  return sweep({ ...sweepDefaults, losses: files, targets, points: 101, timeout: 60, ...options });
}

/** All that one target gave, without its name. */
function on(target: string, { findings, losses }: AuditReport): object {
  return {
    findings: findings
      .filter((finding) => finding.target === target)
      .map(({ id, target, onlyTarget, message, replay, ...finding }) => finding),
    implementations: losses.map(({ implementations }) =>
      implementations
        .filter((implementation) => implementation.target === target)
        .map(({ target, onlyTarget, ...implementation }) => implementation),
    ),
  };
}

function failures({ errors }: AuditReport): string[] {
  return errors.map(({ implementation, message }) => `${implementation}: ${message}`);
}

inPages.each<[string, string[], Partial<SweepOptions>]>([
  [
    "of logits: TypeScript with an import of its own, CommonJS, a top-level await, tfjs by another name, a call for each map",
    [
      "typescript/cross-entropy.ts#stable",
      "commonjs/hinge.cjs",
      "modules/waits.mjs",
      "tfjs-node/huber.ts",
      "heatmap/centernet.ts",
    ],
    { heatmaps: { ...sweepDefaults.heatmaps, count: 1 } },
  ],
  [
    "of probabilities: an elementwise function, and one of rows in the catalogue",
    ["reduced/focal-probabilities.ts", "softmax-cross-entropy#naive"],
    { from: "probabilities" },
  ],
])("a page finds what the same kernels find in this process, %s", async (_, names, options) => {
  const report = await swept(names, ["wasm", "wasm-browser"], { points: 21, labels: [1], ...options });
  expect(report.errors).toEqual([]);
  expect(report.audited.points).toBeGreaterThan(0);
  expect(report.findings.length).toBeGreaterThan(0);
  expect(on("wasm-browser", report)).toEqual(on("wasm", report));
});

inPages("what is unfit for a page is said once, and the other targets go on", async () => {
  const files = ["page/imports-fs.ts", "page/reads-environment.ts"];
  const report = await swept(files, ["webgl", "cpu"]);
  expect(report.exitCode).toBe(2);
  const [fs, environment] = report.errors.filter(({ target }) => target === "webgl");
  expect(fs.message).toContain('page/imports-fs.ts:3 imports "node:fs", which only Node has');
  expect(environment.message).toMatch(
    /reads-environment\.ts throws when it is imported in a page: process is not defined\. A page has none/,
  );
  const targets = report.losses.flatMap(({ implementations }) => implementations.map(({ target }) => target));
  expect(targets).toContain("cpu");
});

inPages("a loss that throws above 5 does so at the same float in a page", async () => {
  const { findings } = await swept(["faulty/throws-above-5.ts"], ["webgl"]);
  const thrown = findings.find(({ kind, quantity }) => kind === "throws" && quantity === "value");
  // The float after 5.
  expect(thrown?.region.from.bits).toBe("0x40a00001");
  expect(thrown?.message).toMatch(/a logit of 5\.0000005 is out of range|a logit of [\d.]+ is out of range/);
});

/** Verdicts, and what stands in the findings of those that throw, by implementation. */
function outcomes({ losses, findings }: AuditReport): Record<string, string> {
  const throwing = findings.filter(({ kind, quantity }) => kind === "throws" && quantity === "value");
  return Object.fromEntries(
    losses
      .flatMap(({ implementations }) => implementations)
      .map(({ implementation, verdict }) => [
        implementation,
        throwing.find((finding) => finding.implementation === implementation)?.message ?? verdict,
      ]),
  );
}

inPages("what ends a page or its patience is named, and the others are audited", async () => {
  const names = ["leaves", "reloads", "hangs", "throwsLater", "twice", "fine"];
  const report = await swept(["page/ends.ts"], ["wasm-browser"], { implementations: names, timeout: 15 });
  expect(report.exitCode).toBe(2);
  const led =
    "It leads the page in which it runs to another address, or loads it again. A loss must return a tensor, or throw.";
  expect(failures(report)).toEqual([
    expect.stringMatching(/^undefined: Its code threw asynchronously: too late\. /), // whose it was, there is no telling
    `leaves: ${led}`,
    `reloads: ${led}`,
    expect.stringMatching(/^hangs: It did not come back within 15 s and was stopped\. /),
  ]);
  const { fine, throwsLater, twice } = outcomes(report);
  expect(fine).toMatch(/^(ok|note)$/);
  expect(throwsLater).toBe(fine);
  expect(twice).toContain("2 numbers came back for 1 points");
});

const GPU_LOST = /^loses: The WebGPU device was lost \(destroyed: .+\)\. A driver does that/;

for (const [target, lost, failed] of [
  ["webgl", /^loses: The WebGL context was lost\. A driver does that/, "WebGL failed: invalid enum"],
  ["webgpu-browser", GPU_LOST, "WebGPU failed: "],
  ["webgpu", GPU_LOST, "WebGPU failed: "],
] as const) {
  const title = `on ${target} a device that is lost, or reports an error, is named, and blames nobody else`;
  test.runIf(await runs(target))(title, async () => {
    const options = { implementations: ["loses", "invalid", "fine"] };
    const report = await swept(["page/ends.ts"], [target], options);
    expect(failures(report)).toEqual([expect.stringMatching(lost)]);
    const { fine, invalid } = outcomes(report);
    expect(fine).toMatch(/^(ok|note|warning)$/); // softplus is as accurate as the GPU's logarithm
    expect(invalid).toContain(`The value throws: ${failed}`);
  });
}
