import type { AnyReport } from "./any-report.js";
import { stepSummary } from "./github/step-summary.js";
import { jsonText } from "./json.js";
import { junitReport } from "./junit/junit.js";
import { markdownReport } from "./markdown/markdown.js";
import { plainText } from "./plain-text.js";
import type { Format } from "./report-request.js";
import { sarifReport } from "./sarif/sarif.js";
import { sourceRoot } from "./source-root.js";

/**
 * The text of a report in a format; of `github` the step summary. `folder` is the
 * project's, as typed: SARIF names files from the repository that it lies in.
 */
export async function render(format: Format, report: AnyReport, folder?: string): Promise<string> {
  switch (format) {
    case "pretty":
      return plainText(report);
    case "json":
      return jsonText(report);
    case "markdown":
      return markdownReport(report);
    case "sarif":
      return sarifReport(report, sourceRoot(folder));
    case "junit":
      return junitReport(report);
    case "github":
      return stepSummary(report);
    case "html": {
      // Plots bring a DOM with them, which takes long to load.
      const { htmlReport } = await import("./html/html-report.js");
      return htmlReport(report, folder);
    }
  }
}
