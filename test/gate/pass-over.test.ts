import { expect, test } from "vitest";
import type { Config } from "../../src/config/config.js";
import { gateReport } from "../../src/gate/gate-report.js";
import { type GateOptions, planGate } from "../../src/gate/make-plan.js";
import { Repository } from "./changed/repository.js";

const config: Config = {
  losses: ["losses/*.ts", { loss: "softplus", fuzz: { runs: 10 } }],
  targets: ["cpu"],
};
const baseline = (findings: object[], audited: object = {}) =>
  JSON.stringify({
    schema: 1,
    version: "0.0.1",
    seed: 0,
    platform: "linux x64",
    targets: {},
    dependencies: {},
    inputs: {},
    audited,
    findings,
  });
const note = (loss: string) => ({ id: `${loss}/f/cpu/value/underflow/0/below`, severity: "note" });
const known = { sweep: ["cpu"], search: [] };

const repository = new Repository();
const commit = repository
  .write({
    "losses/a.ts": 'import "../lib/shared"; export const f = (x) => x;',
    "losses/b.ts": "export const f = (x) => x;",
    "lib/shared.ts": "export {};",
    "audit-baseline.json": baseline([note("a"), note("b")], { "a#f": known, "b#f": known }),
  })
  .commit();

const plan = (options: GateOptions, more: Config = {}) =>
  planGate({ config: { ...config, ...more }, folder: repository.folder }, options);

test("losses of which nothing has changed are passed over, and are out of scope", async () => {
  repository.write({ "lib/shared.ts": "export const x = 1;" });
  const { sweep, fuzz, scope, changed, dependencies } = await plan({ changed: "HEAD" });
  expect(sweep?.only).toEqual([expect.stringMatching(/losses\/a\.ts$/)]);
  expect(fuzz).toBeUndefined();
  expect(scope.unchanged).toEqual([{ loss: "b" }, { loss: "softplus" }]);
  expect(changed).toEqual({ since: "HEAD", commit, unchanged: ["b", "softplus"] });
  expect(dependencies).toEqual({});
  repository.git("checkout", "--quiet", "lib/shared.ts");
});

test("where nothing has changed the gate passes without a run, and says so", async () => {
  const nothing = await plan({ changed: "HEAD" });
  expect(nothing.sweep).toBeUndefined();
  const report = await gateReport(nothing, {});
  expect(report).toMatchObject({
    ...{ exitCode: 0, errors: [], cured: [], findings: [] },
    audited: { losses: 0 },
    changed: { since: "HEAD", unchanged: ["a", "b", "softplus"] },
  });
});

test("with --update it then leaves the baseline alone", async () => {
  const report = await gateReport(await plan({ changed: "HEAD", update: true }), {});
  expect(report).toMatchObject({ exitCode: 0, baseline: { written: false } });
  expect(repository.git("status", "--porcelain")).toBe("");
});

test("a loss that is taken away is no loss that has not changed", async () => {
  const report = await gateReport(await plan({ changed: "HEAD" }, { losses: ["losses/b.ts"] }), {});
  expect(report.exitCode).toBe(2);
  expect(report.errors).toEqual([{ loss: "a", message: expect.stringMatching(/^The baseline knows it/) }]);
});

test("what somebody has changed in the baseline is looked at, and nothing else", async () => {
  repository.write({ "audit-baseline.json": baseline([note("a")], { "a#f": known, "b#f": known }) });
  expect((await plan({ changed: "HEAD" })).sweep?.only).toEqual([expect.stringMatching(/losses\/b\.ts$/)]);
  repository.write({ "audit-baseline.json": baseline([note("a"), note("b")], { "a#f": known }) });
  expect((await plan({ changed: "HEAD" })).sweep?.only).toEqual([expect.stringMatching(/losses\/b\.ts$/)]);
  repository.git("rm", "--quiet", "--cached", "audit-baseline.json");
  repository.git("commit", "--quiet", "--message", "none");
  const { sweep, changed } = await plan({ changed: "HEAD" });
  expect(sweep?.only?.length).toBe(3);
  expect(changed?.everything).toMatch(/audit-baseline\.json has changed/);
});

test("a loss that is searched is passed over in both ways, or in none", async () => {
  repository.commit();
  repository.write({ ".audit/corpus/new.json": "{}" });
  const { sweep, fuzz } = await plan({ changed: "HEAD" }, { fuzz: { corpus: ".audit/corpus" } });
  expect(sweep?.only).toEqual(sweep?.losses);
  expect(fuzz?.only).toEqual(sweep?.losses);
  expect(sweep?.losses.length).toBe(3);
});
