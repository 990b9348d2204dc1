import { writeFileWhole } from "../files/write-file.js";
import { InputError } from "../inputs/input-error.js";
import type { AuditError } from "../report/report.js";
import { updated } from "./accepted.js";
import type { Baseline } from "./baseline.js";
import { baselineText } from "./baseline-text.js";
import { type Judgement, judge } from "./judge.js";
import { checkNamed } from "./make-plan.js";
import { type GateParts, outcomeOf } from "./outcome.js";
import type { GatePlan } from "./plan.js";
import { readBaseline, type StoredBaseline } from "./read-baseline.js";
import type { GateReport } from "./report.js";

/**
 * The second half of a gate: compares what was found with the baseline as it is by then, and writes that where the plan
 * says so. It is left alone where anything went wrong, also where it can't be read any more.
 */
export async function gateReport(plan: GatePlan, parts: GateParts, now = new Date()): Promise<GateReport> {
  const { stored, error } = await baselineNow(plan);
  const found = outcomeOf(plan, parts);
  const outcome = error === undefined ? found : { ...found, errors: [...found.errors, error] };
  const judgement = judge(plan, outcome, stored?.baseline, now.toISOString().slice(0, 10));
  const { report } = judgement;
  if (plan.mode === "compare" || report.errors.length > 0 || report.interrupted) return report;
  const next = nextBaseline(plan, judgement, stored);
  if (next === undefined) return report;
  try {
    const written = await write(plan.baseline.file, baselineText(next), stored?.text);
    const state = plan.mode === "update" ? "updated" : "pruned";
    return { ...report, baseline: { ...report.baseline, state, written } };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...report, errors: [{ message: error.message }], exitCode: 2 };
  }
}

/** A baseline that was spoilt during the run takes nothing away from what was found: it is an error beside it. */
async function baselineNow(plan: GatePlan): Promise<{ stored?: StoredBaseline; error?: AuditError }> {
  try {
    const stored = await readBaseline(plan.baseline.file);
    checkNamed(plan, stored !== undefined);
    return { stored };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { error: { message: `${error.message} All that was found is shown as new.` } };
  }
}

/** Undefined where there is nothing to update or prune. */
function nextBaseline(
  { mode, scope, sweep }: GatePlan,
  { report, state }: Judgement,
  stored: StoredBaseline | undefined,
): Baseline | undefined {
  if (mode === "update" && sweep === undefined && report.baseline.removed.length === 0) return undefined;
  if (mode === "update") return updated(stored?.baseline, state, scope);
  if (stored === undefined || report.cured.length === 0) return undefined;
  const cured = new Set(report.cured.map(({ id }) => id));
  return { ...stored.baseline, findings: stored.baseline.findings.filter(({ id }) => !cured.has(id)) };
}

/** Writes a file where it differs, with the line ends that it has; gives whether it did. */
async function write(file: string, text: string, before: string | undefined): Promise<boolean> {
  const lines = before?.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
  if (lines === before) return false;
  await writeFileWhole(file, lines);
  return true;
}
