import { appendFile, stat, truncate } from "node:fs/promises";
import { InputError } from "../../inputs/input-error.js";
import type { AnyReport } from "../any-report.js";
import { markdownReport } from "../markdown/markdown.js";

/** What GitHub takes of the summary of one step, in bytes; more, and it shows none of it. */
const LARGEST = 1024 * 1024;

/** The summary of a report in a file of its own. */
export function stepSummary(report: AnyReport, room = LARGEST): string {
  return markdownReport(report, room);
}

/**
 * Appends it to what the step has written, as much of it as there is room for. Throws an InputError where that can't be,
 * as on a full disk, and leaves what was there.
 */
export async function appendStepSummary(path: string, report: AnyReport): Promise<void> {
  const written = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  try {
    const gap = written === 0 ? "" : "\n\n";
    await appendFile(path, gap + stepSummary(report, LARGEST - written - gap.length));
  } catch (error) {
    await truncate(path, written).catch(() => undefined);
    throw new InputError(
      `The step summary can't be written to ${path}, which GITHUB_STEP_SUMMARY names: ${(error as Error).message}. ` +
        "Give a file, as --report github=summary.md, or unset the variable.",
    );
  }
}
