import { type Finding, severityRank } from "../judge/finding.js";
import type { AuditError, ImplementationSummary, LossSummary } from "../report/report.js";
import { joinCurves } from "./join-curves.js";
import { joinMaps } from "./map-pictures.js";
import type { LossResult } from "./sweep-loss.js";

/** What one loss, or a part of it, gave on one target; `errors` are those of its process. */
export interface TargetPart {
  /** Undefined when it could not be audited at all. */
  result?: LossResult;
  errors: AuditError[];
}

/** What one loss gave on all targets. */
export interface JoinedLoss {
  /** Undefined when it gave nothing on any. */
  result?: Pick<LossResult, "summary" | "findings" | "unresolved" | "warnings">;
  errors: AuditError[];
}

/** Puts the results of a loss on several targets side by side. Errors that are the same on all of them are said once. */
export function joinTargets(parts: readonly TargetPart[]): JoinedLoss {
  const errors = parts.flatMap((part) => [...part.errors, ...(part.result?.errors ?? [])]);
  const results = parts.flatMap(({ result }) => result ?? []);
  const [first] = results;
  if (first === undefined) return { errors: saidOnce(errors, parts.length) };
  return {
    result: {
      summary: {
        ...first.summary,
        implementations: compared(results.flatMap(({ summary }) => summary.implementations)),
        escalated: Math.max(...results.map(({ summary }) => summary.escalated)),
        ...joinedPictures(results.map(({ summary }) => summary)),
      },
      findings: marked(results),
      unresolved: results.reduce((sum, { unresolved }) => sum + unresolved, 0),
      warnings: first.warnings,
    },
    errors: saidOnce(errors, parts.length),
  };
}

/** The range, and what plots are drawn from. */
function joinedPictures(summaries: readonly LossSummary[]): Pick<LossSummary, "range" | "curves" | "maps"> {
  const range = summaries.find((summary) => summary.range)?.range;
  const hasPlots = summaries.some(({ curves }) => curves);
  return {
    ...(range && { range }),
    ...(hasPlots && {
      curves: joinCurves(summaries.flatMap(({ curves }) => curves ?? [])),
      maps: joinMaps(summaries.flatMap(({ maps }) => maps ?? [])),
    }),
  };
}

function saidOnce(errors: readonly AuditError[], targets: number): AuditError[] {
  const key = ({ implementation, message }: AuditError) => `${implementation} ${message}`;
  const counts = new Map<string, number>();
  for (const error of errors) counts.set(key(error), (counts.get(key(error)) ?? 0) + 1);
  const said = new Set<string>();
  return errors.flatMap((error) => {
    if (counts.get(key(error)) !== targets) return error;
    if (said.has(key(error))) return [];
    said.add(key(error));
    const { target, ...everywhere } = error;
    return everywhere;
  });
}

/** The lines of the table, each marked when its verdict is worse than on every other target. */
function compared(lines: readonly ImplementationSummary[]): ImplementationSummary[] {
  return lines.map((line) => {
    const others = lines.filter(
      ({ implementation, target, verdict }) =>
        implementation === line.implementation && target !== line.target && verdict !== "failed",
    );
    const isWorse =
      others.length > 0 && others.every(({ verdict }) => rankOf(verdict) < rankOf(line.verdict));
    return isWorse && line.verdict !== "note" ? { ...line, onlyTarget: true } : line;
  });
}

function rankOf(verdict: ImplementationSummary["verdict"]): number {
  return verdict === "ok" || verdict === "failed" ? 0 : severityRank[verdict];
}

/** The findings, each marked when the implementation fails so, or worse, on one target only of several that ran it. */
function marked(results: readonly LossResult[]): Finding[] {
  return results.flatMap((result) =>
    result.findings.map((finding) => {
      const others = results.filter(
        (other) =>
          other !== result &&
          other.summary.implementations.some(
            ({ implementation, verdict }) =>
              implementation === finding.implementation && verdict !== "failed",
          ),
      );
      const isShared = (other: LossResult) => other.findings.some((one) => isAsBad(one, finding));
      return others.length > 0 && !others.some(isShared)
        ? { ...finding, onlyTarget: true as const }
        : finding;
    }),
  );
}

/** The same implementation fails as badly at some of the same inputs. */
function isAsBad(one: Finding, finding: Finding): boolean {
  const [a, b] = [one.region, finding.region];
  return (
    one.implementation === finding.implementation &&
    one.quantity === finding.quantity &&
    a.label === b.label &&
    severityRank[one.severity] >= severityRank[finding.severity] &&
    Number(a.from.value) <= Number(b.to.value) &&
    Number(b.from.value) <= Number(a.to.value)
  );
}
