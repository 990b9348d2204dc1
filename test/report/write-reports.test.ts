import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AnyReport } from "../../src/report/any-report.js";
import { checkReports } from "../../src/report/check-reports.js";
import { jsonText } from "../../src/report/json.js";
import { markdownReport } from "../../src/report/markdown/markdown.js";
import { render } from "../../src/report/render.js";
import { formats, type ReportRequest, reportRequests } from "../../src/report/report-request.js";
import { writeReports } from "../../src/report/write-reports.js";
import { fuzzReport, gateReport, reports, sweepReport } from "./reports.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "audit reports ö-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function stream() {
  let text = "";
  const writable = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  return { writable, text: () => text };
}

/** Writes reports, and gives what stands where. */
async function written(report: AnyReport, values: string[], env: Record<string, string> = {}) {
  const [stdout, stderr] = [stream(), stream()];
  const requests = reportRequests(values, { json: false });
  const surroundings = { stdout: stdout.writable, stderr: stderr.writable, env };
  const reasons = await writeReports(report, requests, undefined, surroundings);
  return { stdout: stdout.text(), stderr: stderr.text(), reasons };
}

describe("reports", () => {
  test.each(reports)(
    "%# in all formats at once, each in its file, in folders that are made",
    async (report) => {
      const file = (format: string) => join(folder, report.command, "deep", `report.${format}`);
      const values = formats.map((format) => `${format}=${file(format)}`);
      expect(await written(report, values)).toMatchObject({
        stdout: expect.stringMatching(/^::/),
        reasons: [],
      });
      for (const format of formats) {
        expect(readFileSync(file(format), "utf8")).toBe(await render(format, report));
      }
      expect(JSON.parse(readFileSync(file("json"), "utf8"))).toEqual(JSON.parse(jsonText(report)));
    },
  );

  test("on stdout are one document", async () => {
    expect(await written(fuzzReport, ["json"])).toEqual({
      stdout: jsonText(fuzzReport),
      stderr: "",
      reasons: [],
    });
    expect(await written(fuzzReport, [])).toEqual({ stdout: "", stderr: "", reasons: [] });
  });

  test("for GitHub are annotations beside pretty, and beside a document on stderr, and the step summary", async () => {
    const summary = join(folder, "summary.md");
    const env = { GITHUB_STEP_SUMMARY: summary };
    const beside = await written(gateReport, ["github"], env);
    expect(beside).toMatchObject({ stdout: expect.stringMatching(/^::error file=/), stderr: "" });
    expect(readFileSync(summary, "utf8")).toBe(markdownReport(gateReport));
    const document = await written(gateReport, ["github", "json"]);
    expect(document.stdout).toBe(jsonText(gateReport));
    expect(document.stderr).toBe(beside.stdout);
    const own = join(folder, "own.md");
    await written(sweepReport, [`github=${own}`], env);
    expect(readFileSync(own, "utf8")).toBe(markdownReport(sweepReport));
    expect(readFileSync(summary, "utf8")).toBe(markdownReport(gateReport));
  });

  test("that can't be written keep none from being written, and stdout says so", async () => {
    const [bad, good] = [join(folder, "a.txt", "x.sarif"), join(folder, "good.xml")];
    writeFileSync(join(folder, "a.txt"), "");
    const { stdout, reasons } = await written(fuzzReport, [`sarif=${bad}`, `junit=${good}`, "json"]);
    const reason = `${bad} can't be written: a part of its path is no folder. Name another file, or make it possible there.`;
    expect(reasons).toEqual([reason]);
    expect(existsSync(good)).toBe(true);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 2, errors: [{ message: reason }] });
  });

  test("pretty in a file has 80 columns and no colour", async () => {
    for (const report of reports) {
      const text = await render("pretty", report);
      expect(text).not.toContain("\u001b");
      expect(text).toContain(report.findings[0].replay.split(" --")[0]);
      const wide = text.split("\n").filter((line) => line.length > 80 && !/^ {2}\$|^ {6}--/.test(line));
      expect(wide).toEqual([]);
    }
  });
});

describe("before a run", () => {
  const check = (...requests: ReportRequest[]) => checkReports(requests);

  test("files that can be written are fine, and leave nothing behind", async () => {
    await check({ format: "json", file: join(folder, "new", "deep", "a.json") }, { format: "pretty" });
    expect(existsSync(join(folder, "new"))).toBe(false);
  });

  test("a folder, a file for a folder, and a place where nothing can be made are refused at once", async () => {
    mkdirSync(join(folder, "is-folder"));
    writeFileSync(join(folder, "is-file"), "kept");
    const refused = (file: string) => expect(check({ format: "sarif", file })).rejects;
    await refused(join(folder, "is-folder")).toThrow("can't be written: it is a folder");
    await refused(join(folder, "is-file", "a.sarif")).toThrow("a part of its path is no folder");
    await refused("/proc/no/such/a.sarif").toThrow("can't be written");
    expect(readFileSync(join(folder, "is-file"), "utf8")).toBe("kept");
  });

  test("a file that is there stays as it is", async () => {
    const file = join(folder, "there.json");
    writeFileSync(file, "old");
    await check({ format: "json", file });
    expect(readFileSync(file, "utf8")).toBe("old");
  });

  test("a device is written to, and stays one", async () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    await check({ format: "json", file: pipe });
    const reading = import("node:fs/promises").then(({ readFile }) => readFile(pipe, "utf8"));
    await written(fuzzReport, [`json=${pipe}`]);
    expect(await reading).toBe(jsonText(fuzzReport));
    expect(statSync(pipe).isFIFO()).toBe(true);
  });
});
