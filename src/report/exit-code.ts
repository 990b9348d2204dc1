import { type Finding, type Severity, severityRank } from "../judge/finding.js";
import type { AuditReport } from "./report.js";

/** What an exit code is made of. */
export interface Outcome {
  findings: readonly Pick<Finding, "severity">[];
  /** How much could not be audited. */
  errors: number;
  /** Whether anything was audited: what audited nothing has failed. */
  isAudited: boolean;
  interrupted: boolean;
}

/** The exit code of a run that finds something; which signal interrupted it, `interruptible` knows. */
export function exitCodeOf(
  failOn: Severity | "never",
  { findings, errors, isAudited, interrupted }: Outcome,
): AuditReport["exitCode"] {
  if (interrupted) return 130;
  if (errors > 0 || !isAudited) return 2;
  const isSevere =
    failOn !== "never" && findings.some((one) => severityRank[one.severity] >= severityRank[failOn]);
  return isSevere ? 1 : 0;
}
