import type { AnyReport } from "../any-report.js";
import { message } from "./message.js";

/** The exit codes of a shell for a process that a signal ended. */
const signals: Record<number, { exitSignalName: string; exitSignalNumber: number }> = {
  129: { exitSignalName: "SIGHUP", exitSignalNumber: 1 },
  130: { exitSignalName: "SIGINT", exitSignalNumber: 2 },
  143: { exitSignalName: "SIGTERM", exitSignalNumber: 15 },
};

/** How the run ended, and what it could not do; `leftOut` results are not in the file. */
export function invocationOf(report: AnyReport, leftOut: number) {
  const { errors, exitCode, interrupted } = report;
  const warnings = "warnings" in report ? report.warnings : [];
  const cured = "cured" in report ? report.cured : [];
  const notification = (level: string, text: string) => ({ level, message: message(text) });
  return {
    executionSuccessful: exitCode === 0 || exitCode === 1,
    exitCode,
    ...signals[exitCode],
    toolExecutionNotifications: [
      ...errors.map(({ loss, implementation, target, message: text }) =>
        notification(
          "error",
          `${["Not audited:", loss, implementation, target].filter(Boolean).join(" ")}: ${text}`,
        ),
      ),
      ...(interrupted ? [notification("error", "The run was interrupted: this is what was done.")] : []),
      ...(leftOut > 0
        ? [
            notification(
              "warning",
              `${leftOut} results, the least severe ones, are left out: GitHub takes no more.`,
            ),
          ]
        : []),
      ...warnings.map((text) => notification("warning", text)),
      ...cured.map(({ id }) => notification("note", `Cured: ${id}`)),
    ],
  };
}
