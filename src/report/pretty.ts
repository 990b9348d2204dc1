import type { Terminal } from "../cli/colour.js";
import { errorsText } from "./errors.js";
import { findingsText } from "./findings.js";
import { lossTable } from "./loss-table.js";
import type { AuditReport, LossSummary } from "./report.js";
import { summaryText, targetsText } from "./summary.js";
import { section, wrap } from "./text.js";

/** The report for people, in the parts in which it is printed. */
export interface PrettyReport {
  /** The table of a loss, as soon as it is done. */
  loss(summary: LossSummary): string;
  /** Everything else, at the end. */
  end(report: AuditReport): string;
}

const LEGEND =
  "rel.: the worst relative error over all points where the computed and the exact number are finite; " +
  "ulps: the worst error in units in the last place of float32.";

/** Quiet: no tables, and of the findings only the errors. */
export function prettyReport(terminal: Terminal, options: { quiet: boolean }): PrettyReport {
  return {
    loss: (summary) => (options.quiet ? "" : `${lossTable(summary, terminal)}\n`),
    end: (report) => {
      const findings = options.quiet
        ? report.findings.filter((f) => f.severity === "error")
        : report.findings;
      const legend =
        options.quiet || report.losses.length === 0
          ? ""
          : `${terminal.colour.dim(wrap(LEGEND, terminal.columns))}\n${targetsText(report, terminal)}`;
      return [
        section(legend),
        section(findingsText(findings, terminal)),
        section(errorsText(report.errors, terminal)),
        summaryText(report, terminal),
      ].join("");
    },
  };
}
