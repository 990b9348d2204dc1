import type { Terminal } from "../cli/colour.js";
import { tally } from "./group.js";
import type { AuditReport, TargetDescription } from "./report.js";
import { auditedCounts, count, wrap } from "./text.js";

/** What the targets ran on, with a word of warning where that stands in for a GPU. */
export function targetsText(
  { targets }: Pick<AuditReport, "targets">,
  { columns, colour }: Terminal,
): string {
  if (targets.length === 0) return "";
  const text = [devicesText(targets), softwareText(targets)].filter(Boolean).join(" ");
  return colour.dim(wrap(text, columns));
}

export function devicesText(targets: readonly TargetDescription[]): string {
  return `${targets.map(({ name, device }) => `${name}: ${device}`).join("; ")}.`;
}

/** Empty when no target ran on a renderer that stands in for a GPU. */
export function softwareText(targets: readonly TargetDescription[]): string {
  const software = targets.filter((target) => target.software).map(({ name }) => name);
  if (software.length === 0) return "";
  return `${software.join(", ")} ran on a software renderer: the numbers of a real GPU may differ.`;
}

/** What was audited and what came out, in one sentence. */
export function summaryText(report: AuditReport, { columns, colour }: Terminal): string {
  const { error, warning, note } = tally(report.findings);
  const found = [count(error, "error"), count(warning, "warning"), count(note, "note")].join(", ");
  const audited = auditedCounts(report.audited).join(", ");
  const failures = report.errors.length === 0 ? "" : `; ${count(report.errors.length, "audit")} failed`;
  const text = `${audited}: ${found}; ${report.unresolved.toLocaleString("en-US")} unresolved${failures}.`;
  const interrupted = report.interrupted ? "Interrupted: this is what was done. " : "";
  return `${colour.bold(wrap(interrupted + text, columns))}\n`;
}
