import { severityRank } from "../judge/finding.js";
import { exitCodeOf } from "../report/exit-code.js";
import type { AuditError, LossSummary } from "../report/report.js";
import { countsOf } from "../sweep/sweep-report.js";
import { version } from "../version.js";
import { accepted } from "./accepted.js";
import { isAudited } from "./audited.js";
import type { Baseline } from "./baseline.js";
import { type Comparison, compare } from "./compare.js";
import { differencesOf } from "./differences.js";
import { parseId } from "./finding-id.js";
import { goneOf, goneText } from "./gone.js";
import { goneErrors } from "./gone-errors.js";
import { ignoredBy, ignoreWarnings } from "./ignores.js";
import { namedLosses } from "./loss-names.js";
import type { Outcome } from "./outcome.js";
import type { GatePlan } from "./plan.js";
import type { GateFinding, GateReport } from "./report.js";
import { isInScope, isWhole } from "./scope.js";

export interface Judgement {
  /** As if the file of the baseline were left alone. */
  report: GateReport;
  /** The present state, of what is in scope. */
  state: Baseline;
}

/** Compares what was found with a baseline; undefined: there is none. `today` is a day as "2027-01-31". */
export function judge(
  plan: GatePlan,
  outcome: Outcome,
  before: Baseline | undefined,
  today: string,
): Judgement {
  const { scope, ignore, mode } = plan;
  const { audited, interrupted, targets, losses } = outcome;
  const inScope = (before?.findings ?? []).filter(({ id }) => isInScope(scope, parseId(id)));
  const compared = compare(inScope, outcome.findings);
  const findings = outcome.findings.map((finding): GateFinding => {
    const ignored = ignoredBy(ignore, finding, today);
    return ignored ? { ...finding, ignored } : judged(finding, compared, plan, before);
  });
  const cured = compared.cured.filter(({ id }) => isAudited(audited, parseId(id), parseId(id).way));
  const state = stateOf(plan, outcome, findings);
  const gone = before && !interrupted ? goneOf(before.audited, audited, scope) : [];
  const errors = [
    ...outcome.errors,
    ...(mode === "update" ? [] : goneErrors(gone, outcome.errors, plan)),
    ...(interrupted ? [] : emptyErrors(plan, outcome)),
  ];
  const isComplete = isWhole(scope) && errors.length === 0 && !interrupted;
  const report: GateReport = {
    schema: 1,
    command: "gate",
    version,
    seed: plan.seed,
    targets,
    audited: countsOf(losses),
    runs: outcome.runs,
    losses,
    findings,
    cured: interrupted ? [] : cured,
    unresolved: outcome.unresolved,
    baseline: {
      file: plan.baseline.file,
      state: before ? "compared" : "absent",
      written: false,
      differences: before ? differencesOf(before, state) : [],
      removed: mode === "update" ? gone.map(goneText) : [],
    },
    ...(plan.changed && { changed: plan.changed }),
    errors,
    warnings: [...outcome.warnings, ...ignoreWarnings(ignore, outcome.findings, today, isComplete)],
    interrupted,
    exitCode: exitCodeOf("note", {
      findings: findings.filter(({ fails }) => fails),
      errors: errors.length,
      isAudited: true, // or there is an error that says so
      interrupted,
    }),
  };
  return { report, state };
}

/** By default everything that is worse fails; where there is nothing to be worse than, errors. What is accepted does not. */
function judged(
  finding: GateFinding,
  { changes, improvements }: Comparison,
  { mode, failOn }: GatePlan,
  before: Baseline | undefined,
): GateFinding {
  const change = changes.get(finding.id);
  const improvement = improvements.get(finding.id);
  const level = failOn ?? (before ? "note" : "error");
  const isSevere = level !== "never" && severityRank[finding.severity] >= severityRank[level];
  return {
    ...finding,
    ...(change && { change }),
    ...(improvement && { improvement }),
    ...(change && isSevere && mode !== "update" && { fails: true as const }),
  };
}

function stateOf(plan: GatePlan, { targets, losses, audited }: Outcome, findings: GateFinding[]): Baseline {
  return {
    version,
    seed: plan.seed,
    platform: `${process.platform} ${process.arch}`,
    targets: Object.fromEntries(
      targets.map(({ name, backend, device, versions }) => [name, { backend, device, versions }]),
    ),
    dependencies: plan.dependencies,
    inputs: inputsOf(plan, losses),
    audited,
    findings: findings.filter(({ ignored }) => !ignored).map(accepted),
  };
}

/** A loss that is audited in parts may have other inputs for each: it then stands there by `loss#implementation`. */
function inputsOf({ sweep }: GatePlan, losses: readonly LossSummary[]): Baseline["inputs"] {
  const named = namedLosses(sweep?.losses ?? [], sweep?.folder);
  const wholes = new Set(named.filter((one) => one.implementation === undefined).map(({ loss }) => loss));
  return Object.fromEntries(
    losses.map(({ loss, inputs, implementations }) => [
      wholes.has(loss) ? loss : `${loss}#${implementations[0].implementation}`,
      inputs,
    ]),
  );
}

/** What audited nothing has failed, and says so. */
function emptyErrors({ sweep, fuzz }: GatePlan, { audited, errors }: Outcome): AuditError[] {
  if (sweep === undefined || errors.length > 0) return [];
  if (Object.keys(audited).length === 0) {
    return [
      {
        message: "Nothing was audited. Name losses in the configuration, and implementations that they have.",
      },
    ];
  }
  const isSearched = Object.values(audited).some(({ search }) => search.length > 0);
  return fuzz && !isSearched
    ? [{ message: "The search tried nothing. Give it more runs, or more time." }]
    : [];
}
