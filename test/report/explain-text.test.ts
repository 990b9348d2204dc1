import { Chalk } from "chalk";
import { expect, test } from "vitest";
import type { ExplainReport } from "../../src/explain/report.js";
import { explainText } from "../../src/report/explain-text.js";

const terminal = { columns: 80, colour: new Chalk({ level: 0 }) };

function explained(software: boolean): string {
  const report: ExplainReport = {
    schema: 1,
    command: "explain",
    version: "0.1.0",
    target: { name: "webgl", backend: "webgl", device: "a renderer", software, versions: {} },
    points: [],
    warnings: [],
    errors: [],
    interrupted: false,
    exitCode: 2,
  };
  return explainText(report, terminal);
}

test("a software renderer is named as such", () => {
  const words = "webgl ran on a software renderer: the numbers of a real GPU may differ.";
  expect(explained(true)).toContain(words);
  expect(explained(false)).not.toContain("software");
});
