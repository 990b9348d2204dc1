import { type FuzzParts, fuzzReport } from "../fuzz/fuzz-report.js";
import type { FuzzFinding } from "../fuzz/report.js";
import { type Finding, severestFirst } from "../judge/finding.js";
import type { AuditError, AuditReport, LossSummary, TargetDescription } from "../report/report.js";
import { type SweepParts, sweepReport } from "../sweep/sweep-report.js";
import { type AuditedLosses, auditedOf } from "./audited.js";
import type { GatePlan } from "./plan.js";
import { isInScope, type Place } from "./scope.js";

/** What the first half of a gate gives; nothing where nothing has changed. */
export interface GateParts {
  sweep?: SweepParts;
  fuzz?: FuzzParts;
}

/** The same put together: what is in the scope of the gate. */
export interface Outcome extends Pick<AuditReport, "unresolved" | "interrupted"> {
  targets: TargetDescription[];
  losses: LossSummary[];
  /** Severest first; of one severity those of the sweep before those of the search. */
  findings: (Finding | FuzzFinding)[];
  audited: AuditedLosses;
  /** Inputs of the search. */
  runs: number;
  errors: AuditError[];
  warnings: string[];
}

export function outcomeOf(
  plan: Pick<GatePlan, "sweep" | "fuzz" | "scope">,
  { sweep, fuzz }: GateParts,
): Outcome {
  const swept = plan.sweep && sweep && sweepReport(plan.sweep, sweep);
  const searched = plan.fuzz && fuzz && fuzzReport(plan.fuzz, fuzz);
  const reports = [swept, searched].filter((report) => report !== undefined);
  const isMine = (place: Place) => isInScope(plan.scope, place);
  const losses = (swept?.losses ?? []).map(({ loss, implementations, ...rest }) => ({
    ...{ loss, implementations: implementations.filter((one) => isMine({ loss, ...one })) },
    ...rest,
  }));
  const findings = reports.flatMap((report): (Finding | FuzzFinding)[] => report.findings.filter(isMine));
  return {
    targets: once(
      reports.flatMap(({ targets }) => targets),
      ({ name }) => name,
    ),
    losses: losses.filter(({ implementations }) => implementations.length > 0),
    findings: findings.sort(severestFirst),
    audited: auditedOf({ sweep: sweptPlaces(losses), search: searchedPlaces(fuzz).filter(isMine) }),
    runs: searched?.runs ?? 0,
    unresolved: reports.reduce((sum, { unresolved }) => sum + unresolved, 0),
    errors: saidOnce(reports.flatMap(({ errors }) => errors)),
    warnings: searched?.warnings ?? [],
    interrupted: reports.some(({ interrupted }) => interrupted),
  };
}

function sweptPlaces(losses: readonly LossSummary[]): Place[] {
  return losses.flatMap(({ loss, implementations }) =>
    implementations
      .filter(({ verdict }) => verdict !== "failed")
      .map(({ implementation, target }) => ({ loss, implementation, target })),
  );
}

/** Where the search tried something. */
function searchedPlaces(fuzz: FuzzParts | undefined): Place[] {
  return (fuzz?.parts ?? []).flatMap(({ result, state }) =>
    result === undefined || state.runs === 0
      ? []
      : result.implementations.map((implementation) => ({
          ...{ loss: result.loss, implementation },
          target: result.target.name,
        })),
  );
}

/** What is missing, or can't be loaded, is so for sweep and search alike. What holds on every target is not said of one, too. */
function saidOnce(errors: readonly AuditError[]): AuditError[] {
  const key = ({ loss, implementation, target, message }: AuditError) =>
    JSON.stringify([loss, implementation, target, message]);
  const different = once(errors, key);
  const keys = new Set(different.map(key));
  return different.filter(
    (error) => error.target === undefined || !keys.has(key({ ...error, target: undefined })),
  );
}

function once<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
