import type { ProgramConfig } from "../config/functions.js";
import { sweep } from "../index.js";
import { InputError } from "../inputs/input-error.js";
import { type Finding, type Severity, severityRank } from "../judge/finding.js";
import { areFunctions } from "../losses/functions.js";
import type { AuditReport } from "../report/report.js";
import type { StabilityOptions } from "./options.js";

/** What an assertion is decided by. */
export interface Outcome {
  report: AuditReport;
  /** As severe as what fails the assertion. */
  failing: Finding[];
  failOn: Severity;
  /** False where something kept a part of it from being audited. */
  isAudited: boolean;
}

/** Sweeps the loss of an assertion. Throws an InputError for what is no loss, and for wrong options. */
export async function auditLoss(loss: unknown, options: StabilityOptions): Promise<Outcome> {
  const { "fail-on": failOn = "error", with: others, targets = "cpu", ...own } = options;
  if (!(failOn in severityRank)) {
    throw new InputError(`fail-on is ${JSON.stringify(failOn)}, but must be one of error, warning, note.`);
  }
  const report = await sweep({ ...own, targets, losses: [lossOf(loss, others)] } as ProgramConfig);
  const failing = report.findings.filter(({ severity }) => severityRank[severity] >= severityRank[failOn]);
  const isAudited = report.errors.length === 0 && report.audited.implementations > 0;
  return { report, failing, failOn, isAudited };
}

function lossOf(
  loss: unknown,
  others: StabilityOptions["with"],
): NonNullable<ProgramConfig["losses"]>[number] {
  if (areFunctions(loss)) return { loss, ...(others !== undefined && { with: others }) };
  if (typeof loss !== "string") {
    throw new InputError(
      `expect was given ${String(loss)}, but a loss is a function of (logits, labels), or the name of one, as "./focal.ts#focal".`,
    );
  }
  if (others === undefined) return loss;
  throw new InputError(
    `with holds functions, but "${loss}" runs in a process of its own: give its function, or name a file whose exports are compared.`,
  );
}
