import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { AnyReport } from "../../src/report/any-report.js";
import { annotations } from "../../src/report/github/annotations.js";
import { appendStepSummary } from "../../src/report/github/step-summary.js";
import { markdownReport } from "../../src/report/markdown/markdown.js";
import { anyReport } from "./arbitrary-report.js";
import { fuzzReport, gateReport, hostileNames, renamed, reports, sweepReport, variants } from "./reports.js";

interface Annotation {
  level: string;
  properties: Record<string, string>;
  message: string;
}

/** As the runner of GitHub Actions reads the lines of a step: `::command key=value,…::data`. */
function read(text: string): Annotation[] {
  expect(text.endsWith("\n")).toBe(true);
  return text
    .slice(0, -1)
    .split("\n")
    .map((line) => {
      const [, level, list, data] = line.match(/^::(\w+) (.*?)::(.*)$/) ?? expect.fail(`no command: ${line}`);
      const unescaped = (value: string) =>
        value
          .replaceAll("%0D", "\r")
          .replaceAll("%0A", "\n")
          .replaceAll("%3A", ":")
          .replaceAll("%2C", ",")
          .replaceAll("%25", "%");
      const pairs = list.split(",").map((pair) => {
        const [key, ...value] = pair.split("=");
        return [key, unescaped(value.join("="))];
      });
      return { level, properties: Object.fromEntries(pairs), message: unescaped(data) };
    });
}

const levels = (report: AnyReport) => read(annotations(report)).map(({ level }) => level);

describe("annotations", () => {
  test("are one for each implementation and line, the worst first, with what else is there", () => {
    const [first, second, notice, ...rest] = read(annotations(sweepReport, "packages/app"));
    expect(first).toEqual({
      level: "error",
      properties: {
        file: "packages/app/src/my losses/lösß.ts",
        line: "17",
        title: "sigmoid-cross-entropy naive on cpu: the value overflows",
      },
      message: [
        "The value is Infinity where it is 120. 1 - sigmoid(x) rounds to 0, and log(0) is -Infinity.",
        "At x = 120, z = 0: computed Infinity, exact 120.",
        "audit explain sigmoid-cross-entropy#naive --at=0x42f00000 --label=0 --target=cpu",
        "Also the value overflows on wasm; the gradient is NaN on cpu; the gradient is NaN on wasm.",
      ].join("\n"),
    });
    expect(second).toMatchObject({ level: "warning", properties: { line: "17" } });
    expect(notice).toEqual({
      level: "notice",
      properties: { title: "❌ audit sweep found 4 errors, 1 warning and 1 note" },
      message: "1 loss, 2 implementations, 16,008 points.",
    });
    expect(rest).toEqual([]);
  });

  test("of a gate are what fails as errors, other changes as warnings, and nothing that was there before", () => {
    expect(
      read(annotations(gateReport)).map(({ level, properties }) => `${level}: ${properties.title}`),
    ).toEqual([
      "error: sigmoid-cross-entropy naive on cpu: the value overflows (new)",
      "warning: sigmoid-cross-entropy tensorflow on wasm: the gradient is not the derivative of the value (more-severe)",
      "notice: ❌ audit gate fails: 1 new finding and 1 grown",
    ]);
    const same = gateReport.findings.map(({ change, fails, ...finding }) => finding);
    expect(levels({ ...gateReport, findings: same, exitCode: 0 })).toEqual(["notice"]);
  });

  test("are ten of a level, and the notice counts the rest", () => {
    const many = (i: number) => sweepReport.findings.map((one) => ({ ...one, implementation: `f${i}` }));
    const findings = Array.from({ length: 13 }, (_, i) => many(i)).flat();
    const all = read(annotations({ ...sweepReport, findings, errors: [{ message: "It is missing." }] }));
    const of = (level: string) => all.filter((one) => one.level === level);
    expect([of("error").length, of("warning").length, of("notice").length]).toEqual([10, 10, 1]);
    expect(of("error")[0].properties.title).toBe("Not audited");
    // 1 + 13 errors and 13 warnings, less 20.
    expect(of("notice")[0].message).toContain(" 7 annotations left out: GitHub shows 10 of a level.");
  });

  test("of what could not be audited are errors, and an interrupted run says so", () => {
    const [failed] = read(
      annotations({ ...fuzzReport, errors: [{ loss: "./a.ts", target: "cpu", message: "No.\nNo." }] }),
    );
    expect(failed).toEqual({
      level: "error",
      properties: { title: "Not audited: ./a.ts on cpu" },
      message: "No. No.",
    });
    expect(annotations({ ...fuzzReport, interrupted: true })).toContain(
      "title=⛔ audit fuzz was interrupted::",
    );
  });

  test.each(hostileNames)("stay on their lines whatever the names: %j", (name) => {
    for (const report of reports) {
      for (const { properties, message } of read(annotations(renamed(report, name)))) {
        expect(Object.keys(properties).every((key) => ["file", "line", "title"].includes(key))).toBe(true);
        expect(properties.title.length).toBeLessThanOrEqual(255);
        expect(message.length).toBeLessThan(10_000);
      }
    }
  });

  test("are within the limits whatever is in a report", () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const all = levels(report);
        for (const level of ["error", "warning", "notice"]) {
          expect(all.filter((one) => one === level).length).toBeLessThanOrEqual(10);
        }
        expect(all[all.length - 1]).toBe("notice");
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  test("of a clean run are the verdict alone", () => {
    for (const report of reports) expect(levels(variants(report)[0])).toEqual(["notice"]);
  });
});

describe("the step summary", () => {
  const folder = mkdtempSync(join(tmpdir(), "audit-summary-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("is appended to what the step has written", async () => {
    const file = join(folder, "summary.md");
    await appendStepSummary(file, gateReport);
    await appendStepSummary(file, fuzzReport);
    expect(readFileSync(file, "utf8")).toBe(`${markdownReport(gateReport)}\n\n${markdownReport(fuzzReport)}`);
  });

  test("is cut at a section where the step's megabyte ends", async () => {
    const file = join(folder, "long.md");
    writeFileSync(file, "x".repeat(1024 * 1024 - 2000));
    await appendStepSummary(file, gateReport);
    const text = readFileSync(file, "utf8");
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
    const summary = text.slice(text.lastIndexOf("x\n"));
    expect(summary).toContain("\n\n### ❌ audit gate fails");
    expect(summary).toMatch(/\nLeft out for want of space: \d+ sections\.\n$/);
    writeFileSync(file, "x".repeat(1024 * 1024 - 100));
    await appendStepSummary(file, gateReport);
    expect(readFileSync(file, "utf8").trimEnd().length).toBe(1024 * 1024 - 100);
  });

  test("that can't be written says which variable names it", async () => {
    await expect(appendStepSummary(folder, gateReport)).rejects.toThrow(/GITHUB_STEP_SUMMARY names: EISDIR/);
  });
});
