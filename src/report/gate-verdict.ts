import type { GateReport } from "../gate/report.js";
import { verdictOf } from "./verdict.js";

/** The last line of a gate: what came of it, and what to do next. */
export function gateVerdict(report: GateReport): string {
  const { text } = verdictOf(report);
  const { baseline, exitCode, interrupted, findings, cured } = report;
  if (interrupted) return `${text}: this is what was found.`;
  if (exitCode === 2) return `${text}. The baseline is as it was.`;
  const isKnown = baseline.state !== "absent";
  const differences = findings.some(({ fails }) => fails) || cured.length > 0 ? baseline.differences : [];
  const origin = differences.length === 0 ? "" : ` That may come from ${differences.join(", ")}.`;
  const pruned = baseline.state === "pruned" ? ` ${baseline.file} is without what is cured.` : "";
  if (exitCode === 1) {
    return `${text}.${origin}${pruned} Cure it, or accept the present state with audit gate --update.`;
  }
  if (baseline.state === "updated") {
    return baseline.written
      ? `${text}: ${baseline.file}.`
      : `${baseline.file} is as it was: nothing has changed.`;
  }
  const isIdle = report.audited.implementations === 0 && report.changed !== undefined;
  if (isIdle) return `No loss has changed since ${report.changed?.since}: ${text}, with nothing to audit.`;
  const hint =
    cured.length > 0 && pruned === "" ? " audit gate --prune takes what is cured out of the baseline." : "";
  const first = isKnown ? "" : ` There is no baseline: audit gate --update makes ${baseline.file}.`;
  return `${text}.${origin}${pruned}${hint}${first}`;
}
