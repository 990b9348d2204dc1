import { statSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { Config } from "../../src/config/config.js";
import { gateParts } from "../../src/gate/gate.js";
import { gateReport } from "../../src/gate/gate-report.js";
import { type GateOptions, planGate } from "../../src/gate/make-plan.js";
import type { GateParts } from "../../src/gate/outcome.js";
import type { GateReport } from "../../src/gate/report.js";
import { NAIVE, Project, STABLE } from "./project.js";

const config: Config = { losses: ["losses/my-loss.mjs"] };
const project = new Project()
  .losses("losses/my-loss.mjs", { naive: NAIVE })
  .losses("losses/other.mjs", { f: NAIVE });

/** What the loss is at a time. Each is swept once: the tests below hold it against baselines. */
const states = {
  first: { naive: NAIVE },
  // exp(2x) overflows from 44.36 on.
  worse: { naive: "tf.log(tf.exp(x.mul(2)).add(1)).div(2).sub(x.mul(z))" },
  cured: { naive: STABLE },
  renamed: { renamed: NAIVE },
  both: { naive: NAIVE, stable: STABLE },
};
type State = keyof typeof states;
const swept = new Map<State | "other", GateParts>();

beforeAll(async () => {
  const sweep = async (state: State) => {
    const one = new Project().losses("losses/my-loss.mjs", states[state]);
    swept.set(state, await gateParts(await planGate(one.config(config))));
  };
  await Promise.all((Object.keys(states) as State[]).map(sweep));
  swept.set("other", await gateParts(await planGate(project.config({ losses: ["losses/other.mjs"] }))));
});

async function run(
  state: State | "other",
  options: GateOptions = {},
  more: Config = {},
): Promise<GateReport> {
  const losses = state === "other" ? ["losses/other.mjs"] : config.losses;
  return gateReport(await planGate(project.config({ losses, ...more }), options), swept.get(state)!);
}

const of = (report: GateReport, kind: string) =>
  report.findings.filter(({ change }) => change?.kind === kind).map(({ id }) => id);
const OVERFLOW = "my-loss/naive/cpu/value/overflow/0/above";
const NAN = "my-loss/naive/cpu/gradient/nan/0/above";

// These tests tell one story: the project and its baseline are handed on from one to the next.
test("without a baseline everything is new, errors fail, and no file is made", async () => {
  const report = await run("first");
  expect(report).toMatchObject({
    command: "gate",
    exitCode: 1,
    runs: 0,
    errors: [],
    baseline: { state: "absent", written: false },
  });
  expect(of(report, "new").length).toBe(report.findings.length);
  const failing = report.findings.filter(({ fails }) => fails);
  expect(failing.map(({ id }) => id).sort()).toEqual([NAN, OVERFLOW]);
  expect(() => project.read()).toThrow();
});

test("--update accepts the present state, and then nothing is new", async () => {
  const updated = await run("first", { update: true });
  expect(updated).toMatchObject({ exitCode: 0, baseline: { state: "updated", written: true, removed: [] } });
  expect(of(updated, "new").length).toBe(updated.findings.length);
  const text = project.read();
  expect(text).not.toContain(project.folder);
  // log(2^128), where float32's exp overflows, is 88.7228; the sweep ends at 120.
  expect(text).toContain(
    `"id": "${OVERFLOW}",\n      "severity": "error",\n      "from": { "value": 88.72284, "bits": "0x42b17218" },\n      "to": { "value": 120, "bits": "0x42f00000" }`,
  );
  const compared = await run("first");
  expect(compared).toMatchObject({
    exitCode: 0,
    cured: [],
    baseline: { state: "compared", differences: [] },
  });
  expect(compared.findings.some(({ change, improvement }) => change || improvement)).toBe(false);
});

test("a baseline that is as it should be is not touched, nor are its line ends", async () => {
  const windows = project.read().replaceAll("\n", "\r\n");
  project.write("audit-baseline.json", windows);
  const before = statSync(project.baseline);
  const report = await run("first", { update: true });
  expect(report.baseline).toMatchObject({ state: "updated", written: false });
  expect(project.read()).toBe(windows);
  expect(statSync(project.baseline).ino).toBe(before.ino);
});

test("a loss that got worse fails, and the region that was accepted is told", async () => {
  const report = await run("worse");
  expect(report.exitCode).toBe(1);
  expect(of(report, "grown").sort()).toEqual([NAN, OVERFLOW]);
  const grown = report.findings.find(({ id }) => id === OVERFLOW);
  expect(grown).toMatchObject({ fails: true, region: { from: { bits: "0x42317218" } } });
  expect(grown?.change).toMatchObject({ was: { from: { bits: "0x42b17218" }, to: { bits: "0x42f00000" } } });
});

test("a loss that got better says what has shrunk, and passes", async () => {
  const before = project.read();
  await run("worse", { update: true });
  const report = await run("first");
  expect(report.exitCode).toBe(0);
  const shrunk = report.findings.filter(({ improvement }) => improvement?.kind === "shrunk");
  expect(shrunk.map(({ id }) => id).sort()).toEqual([NAN, OVERFLOW]);
  project.write("audit-baseline.json", before);
});

test("--fail-on says from which severity on what is worse fails", async () => {
  expect((await run("worse", {}, { "fail-on": "never" })).exitCode).toBe(0);
  expect((await run("worse", {}, { "fail-on": "error" })).exitCode).toBe(1);
});

test("an implementation that the baseline knows must not go missing", async () => {
  const before = project.read();
  for (const options of [{}, { prune: true }]) {
    const report = await run("renamed", options);
    expect(report.exitCode).toBe(2);
    expect(report.errors).toEqual([
      {
        loss: "my-loss",
        implementation: "naive",
        message:
          "The baseline knows it, and it was not audited. Put it back, or accept that with audit gate --update.",
      },
    ]);
    expect(report.cured).toEqual([]);
    expect(project.read()).toBe(before);
  }
});

test("what is cured is announced, and --prune takes out that alone", async () => {
  const report = await run("cured");
  expect(report.exitCode).toBe(0);
  expect(report.cured.map(({ id }) => id)).toEqual(expect.arrayContaining([NAN, OVERFLOW]));
  const before = project.read().replaceAll("\r\n", "\n");
  const pruned = await run("cured", { prune: true });
  expect(pruned).toMatchObject({ exitCode: 0, baseline: { state: "pruned", written: true } });
  expect(pruned.cured).toEqual(report.cured);
  const left = JSON.parse(project.read());
  const { findings, ...rest } = JSON.parse(before);
  const cured = new Set(report.cured.map(({ id }) => id));
  expect(left).toEqual({ ...rest, findings: findings.filter(({ id }: { id: string }) => !cured.has(id)) });
  const again = await run("cured", { prune: true });
  expect(again).toMatchObject({ exitCode: 0, cured: [], baseline: { state: "compared", written: false } });
});

test("--prune does not make a failing gate pass", async () => {
  expect((await run("first", { prune: true })).exitCode).toBe(1);
});

test("an ignored finding does not fail, is not written into the baseline, and says why", async () => {
  const ignore = [{ implementation: "naive", reason: "It is there to compare with.", expires: "2999-12-31" }];
  const report = await run("first", {}, { ignore });
  expect(report.exitCode).toBe(0);
  const ignored = report.findings.filter((finding) => finding.ignored);
  expect(
    ignored.every(({ implementation, fails, change }) => implementation === "naive" && !fails && !change),
  ).toBe(true);
  expect(ignored[0].ignored).toEqual({ reason: "It is there to compare with.", expires: "2999-12-31" });
  await run("first", { update: true }, { ignore });
  expect(project.read()).not.toContain("my-loss/naive/");
});

test("one implementation that is named is audited beside the others, and alone compared, shown and updated", async () => {
  await run("other", { update: true });
  const losses = [project.path("losses/my-loss.mjs#naive")];
  const report = await run("both", { losses, update: true });
  expect(report).toMatchObject({ exitCode: 0, audited: { losses: 1, implementations: 1 } });
  expect(new Set(report.findings.map(({ implementation }) => implementation))).toEqual(new Set(["naive"]));
  const { audited, findings } = JSON.parse(project.read());
  expect(Object.keys(audited)).toEqual(["my-loss#naive", "other#f"]);
  const places = findings.map(({ id }: { id: string }) => id.split("/").slice(0, 2).join("#"));
  expect(new Set(places)).toEqual(new Set(["my-loss#naive", "other#f"]));
  const missing = await run("both", { losses: [project.path("losses/my-loss.mjs#missing")] });
  expect(missing).toMatchObject({
    exitCode: 2,
    errors: [{ message: expect.stringMatching(/^Nothing was audited/) }],
  });
});

test("--update prints what it takes out: a loss that is gone", async () => {
  const report = await run("other", { update: true });
  expect(report).toMatchObject({ exitCode: 0, baseline: { removed: ["my-loss"], written: true } });
  expect(Object.keys(JSON.parse(project.read()).audited)).toEqual(["other#f"]);
});

test("exports with options of their own have inputs of their own, also where one alone is audited", async () => {
  const one = new Project().losses("two.mjs", { f: STABLE, g: STABLE });
  const both = (points: number): Config["losses"] => [{ loss: "two.mjs#f", points }, "two.mjs#g"];
  const gated = async (points: number, options: GateOptions) => {
    const plan = await planGate(one.config({ losses: both(points) }), options);
    return gateReport(plan, await gateParts(plan));
  };
  expect((await gated(65, { update: true })).exitCode).toBe(0);
  const { inputs } = JSON.parse(one.read());
  expect(inputs["two#f"][0]).toMatch(/^65 logits/);
  expect(inputs["two#g"][0]).toMatch(/^33 logits/);
  const only = { losses: [one.path("two.mjs#g")] };
  expect((await gated(65, only)).baseline.differences).toEqual([]);
  expect((await gated(65, { ...only, update: true })).baseline).toMatchObject({
    state: "updated",
    written: false,
  });
  expect((await gated(9, {})).baseline.differences).toEqual(["other inputs of two#f"]);
});
