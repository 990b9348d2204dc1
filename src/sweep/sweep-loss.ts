import { layouts } from "../audit/layout.js";
import { leakErrors } from "../audit/leaks.js";
import { prepareLoss } from "../audit/prepare.js";
import { agreedReferences } from "../audit/references.js";
import type { AuditedLoss } from "../audit/subject.js";
import type { Finding } from "../judge/finding.js";
import { withIds } from "../judge/ids.js";
import type { ResolvedLoss } from "../losses/resolve.js";
import { loadPrecisions, type Precisions } from "../oracle/oracle.js";
import type { AuditError, LossSummary, TargetDescription } from "../report/report.js";
import type { Target } from "../targets/target.js";
import { loadTarget } from "../targets/targets.js";
import { loadTfjs } from "../targets/tfjs.js";
import type { SweepContext } from "./context.js";
import { type MapCase, mapCases } from "./map-cases.js";
import type { SweepOptions } from "./options.js";
import { failedSummary, inputsInWords, summarise } from "./summary.js";
import { sweepMaps } from "./sweep-maps.js";
import { pointsOf, sweepPoints } from "./sweep-points.js";
import { Tally } from "./tally.js";

/** What one loss gave on one target. */
export interface LossResult {
  summary: LossSummary;
  findings: Finding[];
  errors: AuditError[];
  unresolved: number;
  target: TargetDescription;
  warnings: string[];
}

export interface LossHooks {
  /** Called before each step of user code: who runs on which target, and how much of the loss is done, 0 to 1. */
  onStep(implementation: string, target: string, done: number): void;
  /** Whether to end with what there is. Asked between steps, after messages were let in. */
  isStopped(): boolean;
}

/** Audits one loss on one target. `skip` names implementations that brought an earlier process down. */
export async function sweepLoss(
  given: ResolvedLoss,
  targetName: string,
  options: SweepOptions,
  skip: readonly string[],
  { onStep, isStopped }: LossHooks,
): Promise<LossResult> {
  const precisions = await loadPrecisions();
  const target = await loadTarget(targetName, { loss: given, from: options.from });
  try {
    const loss = await prepareLoss(await loadTfjs(), given, {
      ...options,
      classes: options.heatmaps.classes,
      skip,
      onProbe: (implementation) => onStep(implementation, targetName, 0),
    });
    return await sweepOnTarget(loss, target, options, precisions, given.kind === "file", {
      goesOn: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return !isStopped();
      },
      onStep: (implementation, done) => onStep(implementation, targetName, Math.min(done, 1)),
    });
  } finally {
    await target.close();
  }
}

async function sweepOnTarget(
  loss: AuditedLoss,
  target: Target,
  options: SweepOptions,
  precisions: Precisions,
  isUserLoss: boolean,
  { goesOn, onStep }: Pick<SweepContext, "goesOn"> & { onStep(implementation: string, done: number): void },
): Promise<LossResult> {
  const [first] = [...loss.subjects, ...loss.references];
  const ways = first === undefined || options.logits !== undefined ? [] : layouts(loss.point, first.shape);
  const references = isUserLoss ? agreedReferences(loss, precisions) : loss.references;
  const labels = loss.subjects.some(({ usesLabels }) => usesLabels)
    ? options.labels
    : options.labels.slice(0, 1);
  const maps = first === undefined ? [] : await mapCases(loss, options);
  const tally = new Tally();
  let steps = 0;
  const total = stepsOf(loss, options, ways.length * labels.length, maps);
  const context: SweepContext = {
    loss: { ...loss, references },
    target,
    options,
    precisions,
    tally,
    explained: new Map(),
    onStep: (implementation, points) => {
      onStep(implementation, steps / total);
      steps += points;
    },
    goesOn,
  };

  const findings: Omit<Finding, "id">[] = [];
  for (const layout of ways) {
    for (const label of labels) {
      if (layout.suffix && label === 1) continue; // a positive beside a positive shows nothing new
      if (await goesOn()) findings.push(...(await sweepPoints(context, layout, label)));
    }
  }
  findings.push(...(await sweepMaps(context, maps)));

  const { name } = target.description;
  return {
    summary: {
      loss: loss.name,
      inputs: inputsInWords({ ...options, labels }, loss, ways, maps, tally.isThinned),
      implementations: [
        ...loss.subjects.map((subject) => summarise(subject, name, tally, findings)),
        ...loss.failed.map(({ implementation }) => failedSummary(implementation, name)),
      ],
      escalated: tally.oraclePoints === 0 ? 0 : tally.escalated / tally.oraclePoints,
    },
    findings: withIds(findings),
    errors: [
      ...loss.failed.map((failed) => ({ loss: loss.name, target: name, ...failed })),
      ...leakErrors(loss, name),
    ],
    unresolved: tally.unresolved,
    target: target.description,
    warnings: loss.warnings,
  };
}

/** Points that will be evaluated, over all implementations. */
function stepsOf(loss: AuditedLoss, options: SweepOptions, sweeps: number, maps: readonly MapCase[]): number {
  const { points } = pointsOf(
    options,
    loss.subjects.every(({ batched }) => batched),
  );
  const swept = sweeps * (points + Math.min(points, 4096));
  const pixels = maps.reduce((sum, map) => sum + map.logits.length, 0);
  return Math.max(1, loss.subjects.length * (swept + pixels));
}
