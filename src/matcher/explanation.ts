import { Chalk } from "chalk";
import type { Terminal } from "../cli/colour.js";
import { errorsText } from "../report/errors.js";
import { findingsText } from "../report/findings.js";
import { summaryText } from "../report/summary.js";
import { wrap } from "../report/text.js";
import type { Outcome } from "./audit-loss.js";

const COLUMNS = 80;

/** Why an assertion fails, or its opposite: what was found or not audited, then all in one sentence. */
export function explanation(outcome: Outcome, hasColour: boolean): string {
  const terminal = { columns: COLUMNS, colour: new Chalk({ level: hasColour ? 1 : 0 }) };
  return [body(outcome, terminal), summaryText(outcome.report, terminal)].join("\n\n").trimEnd();
}

function body({ report, failing, failOn, isAudited }: Outcome, terminal: Terminal): string {
  if (!isAudited) return errorsText(report.errors, terminal).trimEnd() || "Nothing was audited.";
  if (failing.length > 0) return findingsText(failing, terminal).trimEnd();
  const [{ inputs }] = report.losses;
  const targets = report.targets.map(({ name }) => name).join(", ");
  return wrap(
    `Nothing as severe as ${failOn} was found on ${targets}: ${inputs.join("; ")}.`,
    terminal.columns,
  );
}
