import { severestFirst } from "../judge/finding.js";
import { unknownImplementations } from "../losses/check-implementations.js";
import { exitCodeOf } from "../report/exit-code.js";
import type { AuditError, AuditReport, LossSummary } from "../report/report.js";
import { version } from "../version.js";
import { joinParts } from "./join-parts.js";
import { type JoinedLoss, joinTargets, type TargetPart } from "./join-targets.js";
import type { SweepOptions } from "./options.js";
import type { Part } from "./piece.js";

/** What one process gave: a part of a loss, by its argument, on a target. */
export interface SweptPart extends Part, TargetPart {
  argument: string;
  target: string;
}

/** What a sweep, or a shard of one, gave, before it is put together. As JSON holds it. */
export interface SweepParts {
  /** Arguments of the losses, in the order in which they are reported. */
  losses: string[];
  /** Names of the targets that are there, in the same way. */
  targets: string[];
  /** One for each of those that were asked for by name and are not there. */
  missing: AuditError[];
  parts: SweptPart[];
  interrupted: boolean;
}

/** The parts of one loss put together; undefined where there are none. */
export function joinLoss(
  argument: string,
  { targets, parts }: Pick<SweepParts, "targets" | "parts">,
): JoinedLoss | undefined {
  const onTargets = targets.flatMap((target) => {
    const mine = parts.filter((part) => part.argument === argument && part.target === target);
    return mine.length === 0 ? [] : joinParts(mine.sort((a, b) => a.index - b.index));
  });
  return onTargets.length === 0 ? undefined : joinTargets(onTargets);
}

/** The report of a sweep, from all of its parts in any order. */
export function sweepReport(options: SweepOptions, all: SweepParts): AuditReport {
  const done = all.losses.flatMap((argument) => joinLoss(argument, all) ?? []);
  const results = done.flatMap(({ result }) => result ?? []);
  const findings = results.flatMap((result) => result.findings);
  findings.sort(severestFirst);
  const errors = [
    ...all.missing,
    ...unknownImplementations(options, all.parts),
    ...done.flatMap((loss) => loss.errors),
  ];
  const summaries = results.map(({ summary }) => (options.plots ? summary : withoutPlots(summary)));
  const audited = countsOf(summaries);
  const { interrupted } = all;
  return {
    schema: 1,
    command: "sweep",
    version,
    seed: options.seed,
    targets: all.targets.flatMap((name) => {
      const part = all.parts.find(({ target, result }) => target === name && result);
      return part?.result?.target ?? [];
    }),
    audited,
    losses: summaries,
    findings,
    unresolved: results.reduce((sum, { unresolved }) => sum + unresolved, 0),
    errors,
    interrupted,
    exitCode: exitCodeOf(options.failOn, {
      ...{ findings, errors: errors.length, interrupted },
      isAudited: audited.implementations > 0,
    }),
  };
}

/** How much was audited. An implementation counts once, its points on each target. */
export function countsOf(losses: readonly LossSummary[]): AuditReport["audited"] {
  const audited = losses.map(({ loss, implementations }) =>
    implementations
      .filter(({ verdict }) => verdict !== "failed")
      .map(({ implementation, points }) => ({ name: `${loss}#${implementation}`, points })),
  );
  return {
    losses: audited.filter(({ length }) => length > 0).length,
    implementations: new Set(audited.flat().map(({ name }) => name)).size,
    points: audited.flat().reduce((sum, { points }) => sum + points, 0),
  };
}

function withoutPlots({ curves, maps, ...summary }: LossSummary): LossSummary {
  return summary;
}
