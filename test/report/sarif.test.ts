import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AnyReport } from "../../src/report/any-report.js";
import { sarifReport } from "../../src/report/sarif/sarif.js";
import { anyReport } from "./arbitrary-report.js";
import { fuzzReport, gateReport, hostileNames, renamed, reports, sweepReport, variants } from "./reports.js";
import { validRun } from "./valid-sarif.js";

const run = (report: AnyReport, root?: string) => validRun(sarifReport(report, root));

describe("a SARIF report", () => {
  test.each(reports.flatMap((report) => [report, ...variants(report)]))("%# is valid", (report) => {
    expect(run(report).results).toHaveLength(report.findings.length);
  });

  test.each(hostileNames)("is valid whatever the names: %j", (name) => {
    for (const report of reports) run(renamed(report, name));
  });

  test("is valid whatever is in it", () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        expect(run(report).results).toHaveLength(report.findings.length);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  test("has a finding at its line, with a path from the repository's folder that is percent-encoded", () => {
    const { results } = run(sweepReport, "packages/app");
    expect(results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "packages/app/src/my%20losses/l%C3%B6s%C3%9F.ts", uriBaseId: "%SRCROOT%" },
      region: { startLine: 17 },
    });
    expect(results[0].locations[0].logicalLocations[0].fullyQualifiedName).toBe(
      "sigmoid-cross-entropy#naive",
    );
  });

  test("leads a path out of the project into the repository, and never out of that", () => {
    const finding = { ...sweepReport.findings[0], line: { file: "../shared/a.ts", line: 1 } };
    const uri = (root: string) =>
      run({ ...sweepReport, findings: [finding] }, root).results[0].locations[0].physicalLocation
        .artifactLocation.uri;
    expect(uri("packages/app")).toBe("packages/shared/a.ts");
    expect(uri("")).toBe("shared/a.ts");
  });

  test("has the worst findings first, each with level, message, cure and replay command", () => {
    const { results } = run(sweepReport);
    expect(results.map(({ level }: { level: string }) => level)).toEqual([
      ...["error", "error", "error", "error"],
      ...["warning", "note"],
    ]);
    expect(results[0]).toMatchObject({
      ruleId: "overflow",
      properties: { id: sweepReport.findings[1].id, kernel: "Log", region: { to: { bits: "0x42f00000" } } },
    });
    expect(results[0].message.text).toBe(
      [
        "sigmoid-cross-entropy naive on cpu: the value overflows. The value is Infinity where it is 120. 1 - sigmoid(x) rounds to 0, and log(0) is -Infinity.",
        "Fails at x = 17.32868 (0x418aa123) to 120 (0x42f00000), z = 0. At x = 120, z = 0: computed Infinity, exact 120.",
        "Instead: write softplus(x) for -log(1 - sigmoid(x)).",
        "Replay: audit explain sigmoid-cross-entropy#naive --at=0x42f00000 --label=0 --target=cpu",
      ].join("\n\n"),
    );
  });

  test("keeps a fingerprint as long as the finding keeps its id, and does not pretend to know GitHub's", () => {
    const [finding] = sweepReport.findings;
    const moved = { ...finding, message: "other", line: { file: "b.ts", line: 99 } };
    const prints = (one: typeof finding) =>
      run({ ...sweepReport, findings: [one] }).results[0].partialFingerprints;
    expect(prints(moved)).toEqual(prints(finding));
    expect(prints({ ...finding, id: "other" })).not.toEqual(prints(finding));
    expect(Object.keys(prints(finding))).toEqual(["findingId/v1"]);
  });

  test("of a gate says what is new, changed and as it was, and what is ignored and why", () => {
    const { results, invocations } = run(gateReport);
    const states = results.map(
      ({ ruleId, baselineState }: Record<string, string>) => `${ruleId} ${baselineState}`,
    );
    expect(states).toEqual([
      ...["overflow new", "nan updated", "nan unchanged", "overflow unchanged"],
      ...["formula updated", "underflow updated"],
    ]);
    const ignored = results.filter(({ suppressions }: { suppressions?: unknown }) => suppressions);
    expect(ignored.map(({ suppressions }: { suppressions: unknown }) => suppressions)).toEqual([
      [{ kind: "external", status: "accepted", justification: "known, ticket 12 (until 2027-01-31)" }],
    ]);
    expect(invocations[0]).toMatchObject({ exitCode: 1, executionSuccessful: true });
    expect(JSON.stringify(invocations)).toContain("Cured: my-loss/stable/cpu/value/inaccurate/0/above");
  });

  test("tells in notifications what could not be audited, and that a run was interrupted", () => {
    const errors = [{ loss: "./a.ts", target: "cpu", message: "It throws." }];
    const failed = run({ ...fuzzReport, errors, exitCode: 2 }).invocations[0];
    expect(failed).toMatchObject({ executionSuccessful: false, exitCode: 2 });
    expect(failed.toolExecutionNotifications[0]).toEqual({
      level: "error",
      message: { text: "Not audited: ./a.ts cpu: It throws." },
    });
    const stopped = run({ ...fuzzReport, interrupted: true, exitCode: 130 }).invocations[0];
    expect(stopped).toMatchObject({ executionSuccessful: false, exitSignalName: "SIGINT" });
  });

  test("holds every number, those that JSON has no digits for by name", () => {
    const [{ properties }] = run(fuzzReport).results;
    expect(properties.worst).toMatchObject({
      input: { value: "-0" },
      computed: { value: "NaN" },
      ulps: "NaN",
    });
    expect(properties.region.to).toEqual({ value: "Infinity", bits: "0x7f800000" });
  });

  test("takes no text for a link or an argument", () => {
    const [finding] = sweepReport.findings;
    const message = "In [0, 1] see [here](http://a.b) {0}";
    const { text } = run({ ...sweepReport, findings: [{ ...finding, message }] }).results[0].message;
    expect(text).toContain("In [0, 1] see \\[here](http://a.b) {{0}}");
  });

  test("leaves out the least severe results beyond GitHub's limits, and says so", () => {
    const many = Array.from({ length: 40 }, (_, i) => ({
      ...sweepReport.findings[i % 2],
      id: `finding ${i} ${"abcdefgh".repeat(i)}`,
    }));
    const severities = (text: string) => {
      const { results, invocations } = validRun(text);
      return {
        levels: new Set(results.map(({ level }: { level: string }) => level)),
        count: results.length,
        told: invocations[0].toolExecutionNotifications.map(
          (one: { message: { text: string } }) => one.message.text,
        ),
      };
    };
    const report = { ...sweepReport, findings: many };
    const byNumber = severities(sarifReport(report, "", { results: 20, bytes: 1e7 }));
    expect(byNumber).toEqual({
      levels: new Set(["error"]),
      count: 20,
      told: ["20 results, the least severe ones, are left out: GitHub takes no more."],
    });
    const bySize = severities(sarifReport(report, "", { results: 25_000, bytes: 5000 }));
    expect(bySize.count).toBeLessThan(40);
    expect(bySize.told).toEqual([
      `${40 - bySize.count} results, the least severe ones, are left out: GitHub takes no more.`,
    ]);
  });
});
