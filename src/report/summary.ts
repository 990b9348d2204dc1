import type { Terminal } from "../cli/colour.js";
import { tally } from "./group.js";
import type { AuditReport } from "./report.js";
import { count, wrap } from "./text.js";

/** What the targets ran on, with a word of warning where that stands in for a GPU. */
export function targetsText({ targets }: AuditReport, { columns, colour }: Terminal): string {
  if (targets.length === 0) return "";
  const devices = targets.map(({ name, device }) => `${name}: ${device}`).join("; ");
  const software = targets.filter((target) => target.software).map(({ name }) => name);
  const warning =
    software.length === 0
      ? ""
      : ` ${software.join(", ")} ran on a software renderer: the numbers of a real GPU may differ.`;
  return colour.dim(wrap(`${devices}.${warning}`, columns));
}

/** What was audited and what came out, in one sentence. */
export function summaryText(report: AuditReport, { columns, colour }: Terminal): string {
  const { losses, implementations, points } = report.audited;
  const { error, warning, note } = tally(report.findings);
  const found = [count(error, "error"), count(warning, "warning"), count(note, "note")].join(", ");
  const audited = [
    losses === 1 ? "1 loss" : `${losses} losses`,
    count(implementations, "implementation"),
    count(points, "point"),
  ].join(", ");
  const failures = report.errors.length === 0 ? "" : `; ${count(report.errors.length, "audit")} failed`;
  const text = `${audited}: ${found}; ${report.unresolved.toLocaleString("en-US")} unresolved${failures}.`;
  const interrupted = report.interrupted ? "Interrupted: this is what was done. " : "";
  return `${colour.bold(wrap(interrupted + text, columns))}\n`;
}
