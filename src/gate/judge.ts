import { severityRank } from "../judge/finding.js";
import { exitCodeOf } from "../report/exit-code.js";
import type { AuditError, TargetDescription } from "../report/report.js";
import { version } from "../version.js";
import { accepted } from "./accepted.js";
import { isAudited } from "./audited.js";
import type { Baseline } from "./baseline.js";
import { type Comparison, compare } from "./compare.js";
import { differencesOf } from "./differences.js";
import { parseId } from "./finding-id.js";
import { goneOf, nameOf } from "./gone.js";
import { goneErrors } from "./gone-errors.js";
import { ignoredBy, ignoreWarnings } from "./ignores.js";
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
  const { sweep, fuzz, audited } = outcome;
  const { scope, ignore } = plan;
  const targets = describedOnce([...(sweep?.targets ?? []), ...(fuzz?.targets ?? [])]);
  const found = [...(sweep?.findings ?? []), ...(fuzz?.findings ?? [])];
  found.sort((a, b) => severityRank[b.severity] - severityRank[a.severity]);
  const inScope = (before?.findings ?? []).filter(({ id }) => isInScope(scope, parseId(id)));
  const compared = compare(inScope, found);
  const findings = found.map((finding): GateFinding => {
    const ignored = ignoredBy(ignore, finding, today);
    return ignored ? { ...finding, ignored } : judged(finding, compared, plan, before);
  });
  const state: Baseline = {
    version,
    seed: plan.seed,
    targets: Object.fromEntries(
      targets.map(({ name, backend, device, versions }) => [name, { backend, device, versions }]),
    ),
    dependencies: plan.dependencies,
    audited,
    findings: findings.filter(({ ignored }) => !ignored).map(accepted),
  };

  const interrupted = sweep?.interrupted === true || fuzz?.interrupted === true;
  const gone = before && !interrupted ? goneOf(before.audited, audited, scope) : [];
  const failures = [...(sweep?.errors ?? []), ...(fuzz?.errors ?? [])];
  const errors = [
    ...saidOnce(failures),
    ...(plan.mode === "update" ? [] : goneErrors(gone, failures, plan)),
    ...(interrupted ? [] : emptyErrors(plan, outcome, failures)),
  ];
  const report: GateReport = {
    schema: 1,
    command: "gate",
    version,
    seed: plan.seed,
    targets,
    audited: sweep?.audited ?? { losses: 0, implementations: 0, points: 0 },
    runs: fuzz?.runs ?? 0,
    losses: sweep?.losses ?? [],
    findings,
    cured: interrupted
      ? []
      : compared.cured.filter(({ id }) => isAudited(audited, parseId(id), parseId(id).way)),
    unresolved: (sweep?.unresolved ?? 0) + (fuzz?.unresolved ?? 0),
    baseline: {
      file: plan.baseline.file,
      state: before ? "compared" : "absent",
      written: false,
      differences: before ? differencesOf(before, state) : [],
      removed: plan.mode === "update" ? gone.map(nameOf) : [],
    },
    ...(plan.changed && { changed: plan.changed }),
    errors,
    warnings: [
      ...(fuzz?.warnings ?? []),
      ...ignoreWarnings(ignore, found, today, isWhole(scope) && errors.length === 0 && !interrupted),
    ],
    interrupted,
    exitCode: exitCodeOf("note", {
      findings: plan.mode === "update" ? [] : findings.filter(({ fails }) => fails),
      errors: errors.length,
      isAudited: true, // or there is an error that says so
      interrupted,
    }),
  };
  return { report, state };
}

/** By default everything that is worse fails; where there is nothing to be worse than, errors. */
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

/** What audited nothing has failed, and says so. */
function emptyErrors(
  plan: GatePlan,
  { audited, fuzz }: Outcome,
  failures: readonly AuditError[],
): AuditError[] {
  if (plan.sweep === undefined || failures.length > 0) return [];
  if (Object.keys(audited).length === 0) {
    return [
      {
        message: "Nothing was audited. Name losses in the configuration, and implementations that they have.",
      },
    ];
  }
  const isSearched = Object.values(audited).some(({ search }) => search.length > 0);
  return plan.fuzz && fuzz && !isSearched
    ? [{ message: "The search tried nothing. Give it more runs, or more time." }]
    : [];
}

function describedOnce(targets: readonly TargetDescription[]): TargetDescription[] {
  return [...new Map(targets.map((target) => [target.name, target])).values()];
}

/** A target that is missing is missing for sweep and search alike. */
function saidOnce(errors: readonly AuditError[]): AuditError[] {
  return [...new Map(errors.map((error) => [JSON.stringify(error), error])).values()];
}
