import type { GateFinding } from "../../gate/report.js";
import type { AnyReport } from "../any-report.js";
import type { AuditError } from "../report.js";
import { failsIn, verdictOf } from "../verdict.js";

/** A test: an implementation on a target, or what could not be audited. */
export interface Case {
  suite: string;
  name: string;
  failing: GateFinding[];
  ignored: GateFinding[];
  /** Neither. */
  others: GateFinding[];
  errors: string[];
}

/** Where errors stand that are about no loss. */
const RUN = "audit";

/**
 * All tests of a report, those that passed too, in the order of the report. Where
 * the run did not end well and no test says so, the last one does: a report is
 * never green by accident.
 */
export function casesOf(report: AnyReport): Case[] {
  const cases = new Map<string, Case>();
  const caseOf = (suite: string, name: string): Case => {
    const key = JSON.stringify([suite, name]);
    const known = cases.get(key) ?? { suite, name, failing: [], ignored: [], others: [], errors: [] };
    cases.set(key, known);
    return known;
  };
  for (const { loss, implementation, target } of auditedOf(report)) caseOf(loss, on(implementation, target));
  const fails = failsIn(report);
  for (const finding of report.findings as readonly GateFinding[]) {
    const { failing, ignored, others } = caseOf(finding.loss, on(finding.implementation, finding.target));
    (finding.ignored ? ignored : fails(finding) ? failing : others).push(finding);
  }
  for (const error of report.errors) {
    caseOf(error.loss ?? RUN, nameOf(error)).errors.push(error.message);
  }
  const all = [...cases.values()];
  const isRed = all.some(({ failing, errors }) => failing.length + errors.length > 0);
  if (report.interrupted || (report.exitCode !== 0 && !isRed)) {
    caseOf(RUN, report.command).errors.push(`${verdictOf(report).text}.`);
  }
  return [...cases.values()];
}

function auditedOf(report: AnyReport): { loss: string; implementation: string; target: string }[] {
  if (report.command === "fuzz") return report.searched;
  return report.losses.flatMap(({ loss, implementations }) =>
    implementations.map(({ implementation, target }) => ({ loss, implementation, target })),
  );
}

function on(implementation: string, target: string): string {
  return `${implementation} on ${target}`;
}

function nameOf({ implementation, target }: AuditError): string {
  if (implementation === undefined) return target === undefined ? "all implementations" : `on ${target}`;
  return target === undefined ? `${implementation} on all targets` : on(implementation, target);
}
