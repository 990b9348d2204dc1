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
import { turn } from "../worker/turn.js";
import type { SweepContext } from "./context.js";
import { type MapCase, mapCases } from "./map-cases.js";
import { MapPictures } from "./map-pictures.js";
import type { SweepOptions } from "./options.js";
import { isIn, type Part } from "./piece.js";
import { withStrip } from "./strip.js";
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
  /** Names of all implementations that it could be asked for. */
  names: string[];
  /** Names of those that were, also of those that are not swept here. */
  order: string[];
  /** Points at which implementations were judged, and those of them that needed MPFR. */
  oracle: { points: number; escalated: number };
}

/** What a process is given to sweep. */
export interface SweepJob {
  loss: ResolvedLoss;
  target: string;
  options: SweepOptions;
  /** Whose implementations are swept; the others are looked at all the same, since the loss is what most of them agree on. */
  part: Part;
  /** Names of implementations that are left alone altogether: they brought a process down before anything was swept. */
  skip: readonly string[];
  /** Names of those that did so later: they are not swept again. */
  ended: readonly string[];
}

export interface LossHooks {
  /** Called before each step of user code: who runs on which target, and how much of the loss is done, 0 to 1. */
  onStep(implementation: string, target: string, done: number): void;
  /** Called once all implementations were looked at, before any is swept. */
  onPrepared(): void;
  /** Whether to end with what there is. Asked between steps, after messages were let in. */
  isStopped(): boolean;
}

/** Audits a part of one loss on one target. */
export async function sweepLoss(
  job: SweepJob,
  { onStep, onPrepared, isStopped }: LossHooks,
): Promise<LossResult> {
  const { loss: given, target: targetName, options, skip } = job;
  const precisions = await loadPrecisions();
  const target = await loadTarget(targetName, { loss: given, from: options.from });
  try {
    const loss = await prepareLoss(await loadTfjs(), given, {
      ...options,
      classes: options.heatmaps.classes,
      skip,
      onProbe: (implementation) => onStep(implementation, targetName, 0),
    });
    return await sweepOnTarget(loss, target, job, precisions, {
      onPrepared,
      goesOn: async () => {
        await turn();
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
  { loss: given, options, part, ended }: SweepJob,
  precisions: Precisions,
  {
    goesOn,
    onPrepared,
    onStep,
  }: Pick<SweepContext, "goesOn"> &
    Pick<LossHooks, "onPrepared"> & { onStep(implementation: string, done: number): void },
): Promise<LossResult> {
  const [first] = [...loss.subjects, ...loss.references];
  const ways = first === undefined || options.logits !== undefined ? [] : layouts(loss.point, first.shape);
  const references = given.kind === "catalogue" ? loss.references : agreedReferences(loss, precisions);
  const labels = loss.subjects.some(({ usesLabels }) => usesLabels)
    ? options.labels
    : options.labels.slice(0, 1);
  const maps = first === undefined ? [] : await mapCases(loss, options);
  const subjects = loss.subjects.filter(
    ({ name }) => isIn(part, loss.wanted.indexOf(name)) && !ended.includes(name),
  );
  onPrepared();
  const tally = new Tally();
  let steps = 0;
  const total = stepsOf(loss, subjects.length, options, ways.length * labels.length, maps);
  const context: SweepContext = {
    loss: { ...loss, references },
    subjects,
    target,
    options,
    precisions,
    tally,
    explained: new Map(),
    ...(options.plots && { pictures: { curves: [], maps: new MapPictures(target.description.name) } }),
    onStep: (implementation, points) => {
      onStep(implementation, steps / total);
      steps += points;
    },
    goesOn,
  };

  const findings: Omit<Finding, "id">[] = [];
  for (const layout of subjects.length === 0 ? [] : ways) {
    for (const label of labels) {
      if (layout.suffix && label === 1) continue; // a positive beside a positive shows nothing new
      if (await goesOn()) findings.push(...(await sweepPoints(context, layout, label)));
    }
  }
  const [low, high] = options.range;
  const range: LossSummary["range"] = ways.length === 0 ? undefined : [low + 0, high + 0]; // no -0
  const swept = range && { range, findings: [...findings] };
  findings.push(...(await sweepMaps(context, subjects.length === 0 ? [] : maps)));

  const { name } = target.description;
  const { pictures } = context;
  return {
    summary: {
      loss: loss.name,
      inputs: inputsInWords({ ...options, labels }, loss, ways, maps, tally.isThinned),
      implementations: [
        ...subjects.map((subject) => withStrip(summarise(subject, name, tally, findings), swept)),
        ...loss.failed.map(({ implementation }) => failedSummary(implementation, name)),
      ],
      escalated: tally.oraclePoints === 0 ? 0 : tally.escalated / tally.oraclePoints,
      ...(range && { range }),
      ...(pictures && { curves: pictures.curves, maps: pictures.maps.pictures() }),
    },
    findings: withIds(findings),
    errors: [
      ...loss.failed.map((failed) => ({ loss: loss.name, target: name, ...failed })),
      ...leakErrors(loss, name),
    ],
    unresolved: tally.unresolved,
    target: target.description,
    warnings: loss.warnings,
    names: loss.names,
    order: loss.wanted,
    oracle: { points: tally.oraclePoints, escalated: tally.escalated },
  };
}

/** Points that will be evaluated, over all implementations that are swept. */
function stepsOf(
  loss: AuditedLoss,
  implementations: number,
  options: SweepOptions,
  sweeps: number,
  maps: readonly MapCase[],
): number {
  const { points } = pointsOf(
    options,
    loss.subjects.every(({ batched }) => batched),
  );
  const swept = sweeps * (points + Math.min(points, 4096));
  const pixels = maps.reduce((sum, map) => sum + map.logits.length, 0);
  return Math.max(1, implementations * (swept + pixels));
}
