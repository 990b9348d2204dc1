import { beforeAll, expect, test } from "vitest";
import type { Config } from "../../src/config/config.js";
import type { BaselineFinding } from "../../src/gate/baseline.js";
import { gateParts } from "../../src/gate/gate.js";
import { gateReport } from "../../src/gate/gate-report.js";
import { type GateOptions, planGate } from "../../src/gate/make-plan.js";
import type { GateParts } from "../../src/gate/outcome.js";
import { NAIVE, Project, STABLE } from "./project.js";

const project = new Project().losses("naive.mjs", { f: NAIVE }).losses("stable.mjs", { f: STABLE });
const config: Config = {
  losses: ["naive.mjs", { loss: "stable.mjs", fuzz: false }],
  fuzz: { runs: 60, corpus: "corpus" },
};
let parts: GateParts;
const plan = (options: GateOptions = {}, more: Config = {}) =>
  planGate(project.config({ ...config, ...more }), options);

beforeAll(async () => {
  parts = await gateParts(await plan());
});

test("the search runs where it is configured, with a seed that does not change", async () => {
  const { sweep, fuzz, seed } = await plan();
  expect(seed).toBe(0);
  expect(sweep?.only?.length).toBe(2);
  expect(fuzz).toMatchObject({
    seed: 0,
    runs: 60,
    losses: sweep?.losses,
    only: [expect.stringMatching(/naive\.mjs$/)],
  });
  expect((await plan({ seed: 5 }, { seed: 3, fuzz: { seed: 4 } })).fuzz?.seed).toBe(5);
  expect((await plan({}, { seed: 3 })).fuzz?.seed).toBe(3);
  expect((await plan({}, { fuzz: false })).fuzz).toBeUndefined();
  expect((await plan({}, { losses: ["naive.mjs"], fuzz: undefined })).fuzz).toBeUndefined();
  const one = await plan(
    {},
    { losses: ["stable.mjs", { loss: "naive.mjs", fuzz: { runs: 5 } }], fuzz: undefined },
  );
  expect(one.fuzz?.only).toEqual([expect.stringMatching(/naive\.mjs$/)]);
  expect((await plan({ losses: [project.path("stable.mjs")] })).fuzz).toBeUndefined();
});

test("what it has found is part of the gate, and is recorded without its region", async () => {
  const report = await gateReport(await plan({ update: true }), parts);
  expect(report).toMatchObject({ exitCode: 0, errors: [], runs: 60 });
  const searched = report.findings.filter((finding) => "example" in finding);
  expect(searched.map(({ id }) => id)).toContain("naive/f/cpu/value/overflow/Exp");
  const { findings, audited } = JSON.parse(project.read());
  expect(findings).toContainEqual({ id: "naive/f/cpu/value/overflow/Exp", severity: "error" });
  expect(audited).toEqual({
    "naive#f": { sweep: ["cpu"], search: ["cpu"] },
    "stable#f": { sweep: ["cpu"], search: [] },
  });
  expect(await gateReport(await plan(), parts)).toMatchObject({ exitCode: 0, cured: [] });
});

test("a finding of the search is new where the baseline does not have it, and cured where it is not found again", async () => {
  const before = project.read();
  const changed = JSON.parse(before);
  const renamed = (finding: BaselineFinding) =>
    finding.id.endsWith("/Exp") ? { ...finding, id: finding.id.replace(/Exp$/, "Log") } : finding;
  project.write(
    "audit-baseline.json",
    JSON.stringify({ ...changed, findings: changed.findings.map(renamed) }),
  );
  const report = await gateReport(await plan(), parts);
  expect(report.exitCode).toBe(1);
  const failing = report.findings.filter(({ fails }) => fails).map(({ id }) => id);
  expect(failing).toContain("naive/f/cpu/value/overflow/Exp");
  expect(report.cured.map(({ id }) => id)).toContain("naive/f/cpu/value/overflow/Log");
  project.write("audit-baseline.json", before);
});

test("without the search, what it had found is neither cured nor forgotten: the gate says that it is missing", async () => {
  const { sweep } = parts;
  const report = await gateReport(await plan({}, { fuzz: false }), { sweep });
  expect(report).toMatchObject({ exitCode: 2, cured: [] });
  expect(report.errors.map(({ message }) => message)).toEqual([
    "The baseline was written with a search, and now there was none. Configure fuzz again, or accept that with audit gate --update.",
  ]);
});

test("of a loss whose implementations are named, these alone are swept and searched", async () => {
  const both = new Project().losses("both.mjs", { naive: NAIVE, stable: STABLE });
  const only = { loss: "both.mjs", implementation: ["stable"] };
  const asked = both.config({ losses: [only], fuzz: { runs: 60, corpus: "corpus" } });
  const plan = await planGate(asked, { update: true });
  const report = await gateReport(plan, await gateParts(plan));
  expect(report).toMatchObject({ exitCode: 0, errors: [] });
  expect(JSON.parse(both.read()).audited).toEqual({ "both#stable": { sweep: ["cpu"], search: ["cpu"] } });
  expect(new Set(report.findings.map(({ implementation }) => implementation))).not.toContain("naive");
});
