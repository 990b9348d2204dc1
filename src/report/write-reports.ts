import { write } from "../cli/output.js";
import { writeFileWhole } from "../files/write-file.js";
import { messageOf } from "../message-of.js";
import type { AnyReport } from "./any-report.js";
import { annotations } from "./github/annotations.js";
import { appendStepSummary } from "./github/step-summary.js";
import { render } from "./render.js";
import { type ReportRequest, takesStdout } from "./report-request.js";
import { sourceRoot } from "./source-root.js";

/** Where reports without a file go, and what names the file of the step summary: the process, or what stands for it in a test. */
export interface Surroundings {
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream;
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * Writes the reports that were asked for, all but `pretty` on stdout, which is
 * printed while a run goes on. Gives the reasons why some could not be written, a
 * sentence each, for the user to see; all others are written. A report on stdout
 * comes last and holds them as errors, with the exit code 2. `folder` is the
 * project's, as typed.
 */
export async function writeReports(
  report: AnyReport,
  requests: readonly ReportRequest[],
  folder?: string,
  { stdout, stderr, env }: Surroundings = process,
): Promise<string[]> {
  const reasons: string[] = [];
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      reasons.push(messageOf(error));
    }
  };
  for (const { format, file } of requests) {
    if (file !== undefined)
      await attempt(async () => writeFileWhole(file, await render(format, report, folder)));
  }
  const printed = requests.find(takesStdout)?.format ?? "pretty";
  const summary = env.GITHUB_STEP_SUMMARY;
  const isOnGitHub = requests.some(({ format }) => format === "github");
  const isInFile = requests.some(({ format, file }) => format === "github" && file !== undefined);
  if (isOnGitHub && summary && !isInFile) await attempt(() => appendStepSummary(summary, report));
  const final = withReasons(report, reasons);
  if (printed !== "pretty") await write(stdout, await render(printed, final, folder));
  // GitHub reads commands on both streams: they must not end up in a document.
  if (isOnGitHub) {
    await write(printed === "pretty" ? stdout : stderr, annotations(final, sourceRoot(folder)));
  }
  return reasons;
}

function withReasons(report: AnyReport, reasons: readonly string[]): AnyReport {
  if (reasons.length === 0) return report;
  const errors = [...report.errors, ...reasons.map((message) => ({ message }))];
  return { ...report, errors, exitCode: report.interrupted ? report.exitCode : 2 };
}
