import type { GateFinding, GateReport } from "../gate/report.js";
import type { Severity } from "../judge/finding.js";
import type { AnyReport } from "./any-report.js";
import { tally } from "./group.js";
import { severities } from "./severity.js";
import { auditedCounts, count, listed } from "./text.js";

/** What came of a run, at a glance. */
export interface Verdict {
  mark: "✅" | "⚠️" | "❌" | "⛔";
  /** One sentence without its full stop. */
  text: string;
}

export function verdictOf(report: AnyReport): Verdict {
  const name = `audit ${report.command}`;
  if (report.interrupted) return { mark: "⛔", text: `${name} was interrupted` };
  if (report.exitCode === 2) return { mark: "⛔", text: `${name} could not audit ${whatNot(report)}` };
  if (report.command === "gate") return verdictOfGate(report);
  const { error, warning } = tally(report.findings);
  const mark = error > 0 || report.exitCode === 1 ? "❌" : warning > 0 ? "⚠️" : "✅";
  return { mark, text: `${name} found ${foundText(report.findings)}` };
}

/** Which findings are failures: in a gate those that fail it; else the errors, and what the exit code 1 is for. */
export function failsIn(report: AnyReport): (finding: GateFinding) => boolean {
  if (report.command === "gate") return ({ fails }) => fails === true;
  const failing: Severity[] = ["error"];
  // --fail-on was less than an error: how much less, a report does not say.
  const severest = severities.find((one) => report.findings.some(({ severity }) => severity === one));
  if (report.exitCode === 1 && severest) failing.push(severest);
  return ({ severity }) => failing.includes(severity);
}

/** `2 errors, 1 warning and 3 notes`, or `nothing`. */
export function foundText(findings: readonly { severity: Severity }[]): string {
  const parts = severities.flatMap((severity) => {
    const n = findings.filter((finding) => finding.severity === severity).length;
    return n === 0 ? [] : [count(n, severity)];
  });
  return parts.length === 0 ? "nothing" : listed(parts);
}

/** `1 loss, 4 implementations, 286,720 points, 3 unresolved.` */
export function auditedText(report: AnyReport): string {
  const parts = [
    ...auditedCounts(report.audited),
    ...("runs" in report && report.runs > 0 ? [count(report.runs, "input")] : []),
    ...(report.unresolved > 0 ? [`${report.unresolved.toLocaleString("en-US")} unresolved`] : []),
  ];
  return `${parts.join(", ")}.`;
}

function whatNot({ errors, audited }: AnyReport): string {
  if (errors.length > 0) return `everything: ${count(errors.length, "audit")} failed`;
  return audited.implementations === 0 ? "anything" : "everything";
}

function verdictOfGate({ findings, cured, baseline, exitCode }: GateReport): Verdict {
  if (exitCode === 0) {
    const done = { absent: "passes", compared: "passes", updated: "updated the baseline", pruned: "passes" };
    const gone = cured.length === 0 ? "" : `, ${count(cured.length, "finding")} cured`;
    return { mark: "✅", text: `audit gate ${done[baseline.state]}${gone}` };
  }
  const failing = findings.filter(({ fails }) => fails);
  const of = (kind: string) => failing.filter(({ change }) => change?.kind === kind).length;
  const [fresh, severer, grown] = [of("new"), of("more-severe"), of("grown")];
  const parts = [
    fresh > 0 && count(fresh, "new finding"),
    severer > 0 && `${severer} more severe`,
    grown > 0 && `${grown} grown`,
  ].filter((part): part is string => part !== false);
  return { mark: "❌", text: `audit gate fails: ${listed(parts)}` };
}
