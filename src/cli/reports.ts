import type { LoadedConfig } from "../config/load.js";
import { asTyped } from "../config/losses.js";
import type { AnyReport } from "../report/any-report.js";
import { checkReports } from "../report/check-reports.js";
import { type ReportRequest, reportRequests } from "../report/report-request.js";
import { messageText } from "./message-text.js";

/**
 * The reports of a run: those of the flags, else those of the configuration. Throws an InputError for one that could
 * not be written.
 */
export async function askedReports(
  flags: { report?: string[]; json: boolean },
  { config, folder }: LoadedConfig,
): Promise<ReportRequest[]> {
  const requests = reportRequests(
    flags.report ?? config.report?.map((text) => typedReport(text, folder)) ?? [],
    flags,
  );
  await checkReports(requests);
  return requests;
}

function typedReport(text: string, folder: string): string {
  const [format, ...file] = text.split("=");
  return file.length === 0 ? text : `${format}=${asTyped(file.join("="), folder)}`;
}

/** Whether the report for people goes to stdout, while the run goes on. */
export function isPretty(requests: readonly ReportRequest[]): boolean {
  return requests.some(({ format, file }) => format === "pretty" && file === undefined);
}

/** Whether a report has plots in it. */
export function hasPlots(requests: readonly ReportRequest[]): boolean {
  return requests.some(({ format }) => format === "html");
}

/**
 * Writes the reports of a run, says on stderr which of them could not be written,
 * and sets the exit code: that of the report, or 2. `folder` is the project's, as typed.
 */
export async function finishReports(
  report: AnyReport,
  requests: readonly ReportRequest[],
  folder?: string,
): Promise<void> {
  const { writeReports } = await import("../report/write-reports.js");
  const reasons = await writeReports(report, requests, folder);
  for (const reason of reasons) process.stderr.write(messageText(process.stderr, "Error:", reason));
  process.exitCode = reasons.length > 0 && !report.interrupted ? 2 : report.exitCode;
}
