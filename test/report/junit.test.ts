import { readFileSync } from "node:fs";
import fc from "fast-check";
import { DOMParser } from "linkedom";
import { describe, expect, test } from "vitest";
import { validateXML } from "xmllint-wasm";
import type { AnyReport } from "../../src/report/any-report.js";
import { junitReport } from "../../src/report/junit/junit.js";
import { anyReport } from "./arbitrary-report.js";
import { fuzzReport, gateReport, hostileNames, renamed, reports, sweepReport, variants } from "./reports.js";

const schema = readFileSync(new URL("../../fixtures/schemas/junit-10.xsd", import.meta.url), "utf8");

/** What libxml2 says of some documents, all at once; nothing where all are valid. */
async function faultsOf(texts: readonly string[]): Promise<string[]> {
  const xml = texts.map((contents, i) => ({ fileName: `${i}.xml`, contents }));
  const { errors, valid } = await validateXML({ xml, schema, maxMemoryPages: 4096 });
  return valid ? [] : errors.map(({ rawMessage }) => rawMessage);
}

const rootOf = (report: AnyReport) =>
  new DOMParser().parseFromString(junitReport(report), "text/xml").documentElement;

/** Each test in short: `suite: name: outcome`. */
function tests(report: AnyReport): string[] {
  const suites = [...rootOf(report).querySelectorAll("testsuite")];
  return suites.flatMap((suite) =>
    [...suite.querySelectorAll("testcase")].map((one) => {
      const outcome = one.querySelector("error, failure, skipped")?.tagName ?? "passed";
      return `${suite.getAttribute("name")}: ${one.getAttribute("name")}: ${outcome}`;
    }),
  );
}

describe("a JUnit report", () => {
  test("is valid, whatever was found and whatever the names are", async () => {
    const given = [
      ...reports.flatMap((report) => [report, ...variants(report)]),
      ...reports.flatMap((report) => hostileNames.map((name) => renamed(report, name))),
    ];
    expect(await faultsOf(given.map(junitReport))).toEqual([]);
  });

  test("is valid whatever is in it", async () => {
    const given = fc.sample(anyReport, { numRuns: 150, seed: 7 });
    expect(await faultsOf(given.map(junitReport))).toEqual([]);
  });

  test("of an invalid document the validator says so", async () => {
    const text = junitReport(sweepReport);
    expect((await faultsOf([text.replace("<testsuite ", "<test ")])).length).toBeGreaterThan(0);
    expect((await faultsOf([text.replace("naive", "\u0001")])).length).toBeGreaterThan(0);
  });

  test("has a suite for each loss and a test for each implementation on each target, those that passed too", () => {
    expect(tests(sweepReport)).toEqual([
      "sigmoid-cross-entropy: naive on cpu: failure",
      "sigmoid-cross-entropy: naive on wasm: failure",
      "sigmoid-cross-entropy: tensorflow on cpu: passed",
      "sigmoid-cross-entropy: tensorflow on wasm: passed",
    ]);
    expect(tests(fuzzReport)).toEqual(["my-loss: naive on cpu: failure", "my-loss: stable on cpu: passed"]);
    const root = rootOf(sweepReport);
    const counts = (element: { getAttribute(name: string): string | null }, ...names: string[]) =>
      names.map((name) => element.getAttribute(name));
    expect(counts(root, "tests", "failures", "errors")).toEqual(["4", "2", "0"]);
    const [suite] = root.querySelectorAll("testsuite");
    expect(counts(suite, "tests", "failures", "errors", "skipped")).toEqual(["4", "2", "0", "0"]);
  });

  test("fails a test by errors, and tells warnings beside it", () => {
    const root = rootOf(sweepReport);
    const [failure] = root.querySelectorAll("failure");
    expect(failure.getAttribute("message")).toBe("the value overflows (2 errors)");
    expect(failure.getAttribute("type")).toBe("overflow");
    expect(failure.textContent).toContain("$ audit explain sigmoid-cross-entropy#naive --at=0x42f00000");
    expect(failure.textContent).toContain("Line: src/my losses/lösß.ts:17");
    const passed = root.querySelector('testcase[name="tensorflow on wasm"] system-out');
    expect(passed?.textContent).toContain(
      "warning: the gradient is not the derivative of the value at x = 0",
    );
  });

  test("fails a test by warnings too where they are what the exit code is for", () => {
    const findings = sweepReport.findings.filter(({ severity }) => severity !== "error");
    const of = (exitCode: 0 | 1) => tests({ ...sweepReport, findings, exitCode });
    expect(of(0).filter((line) => line.endsWith("failure"))).toEqual([]);
    expect(of(1).filter((line) => line.endsWith("failure"))).toEqual([
      "sigmoid-cross-entropy: tensorflow on wasm: failure",
    ]);
  });

  test("of a gate fails by what fails the gate alone, and skips what is ignored", () => {
    expect(tests(gateReport)).toEqual([
      "sigmoid-cross-entropy: naive on cpu: failure",
      "sigmoid-cross-entropy: naive on wasm: passed",
      "sigmoid-cross-entropy: tensorflow on cpu: passed",
      "sigmoid-cross-entropy: tensorflow on wasm: passed",
      "my-loss: naive on cpu: skipped",
    ]);
    expect(rootOf(gateReport).querySelector("skipped")?.getAttribute("message")).toBe(
      "ignored: known, ticket 12",
    );
  });

  test("has an error for what could not be audited", () => {
    const errors = [
      { loss: "sigmoid-cross-entropy", implementation: "tensorflow", target: "wasm", message: "It hangs." },
      { loss: "./my-loss.ts", message: "It does not parse." },
      { target: "webgpu", message: "It is missing." },
    ];
    expect(tests({ ...sweepReport, errors, exitCode: 2 })).toEqual([
      "sigmoid-cross-entropy: naive on cpu: failure",
      "sigmoid-cross-entropy: naive on wasm: failure",
      "sigmoid-cross-entropy: tensorflow on cpu: passed",
      "sigmoid-cross-entropy: tensorflow on wasm: error",
      "./my-loss.ts: all implementations: error",
      "audit: on webgpu: error",
    ]);
  });

  test("is never green where the run did not end well", () => {
    const clean = { ...gateReport, findings: [] };
    expect(tests({ ...clean, exitCode: 0 }).every((line) => line.endsWith("passed"))).toBe(true);
    for (const changes of [{ exitCode: 2 }, { exitCode: 1 }, { exitCode: 130, interrupted: true }] as const) {
      expect(tests({ ...clean, ...changes }).filter((line) => line.endsWith("error"))).toEqual([
        "audit: gate: error",
      ]);
    }
  });
});
