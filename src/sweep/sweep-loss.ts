import { layouts } from "../audit/layout.js";
import { prepareLoss } from "../audit/prepare.js";
import { agreedReferences } from "../audit/references.js";
import type { AuditedLoss } from "../audit/subject.js";
import type { Finding } from "../judge/finding.js";
import { withIds } from "../judge/ids.js";
import type { ResolvedLoss } from "../losses/resolve.js";
import { loadPrecisions, type Precisions } from "../oracle/oracle.js";
import type { AuditError, LossSummary, TargetDescription } from "../report/report.js";
import { loadTarget, type Target } from "../targets/targets.js";
import type { SweepContext } from "./context.js";
import { type MapCase, mapCases } from "./map-cases.js";
import type { SweepOptions } from "./options.js";
import { failedSummary, inputsInWords, summarise } from "./summary.js";
import { sweepMaps } from "./sweep-maps.js";
import { pointsOf, sweepPoints } from "./sweep-points.js";
import { Tally } from "./tally.js";

/** What one loss gave, on all targets. */
export interface LossResult {
  summary: LossSummary;
  findings: Finding[];
  errors: AuditError[];
  unresolved: number;
  targets: TargetDescription[];
  warnings: string[];
}

export interface LossHooks {
  /** Called before each step of user code: who runs on which target, and how much of the loss is done, 0 to 1. */
  onStep(implementation: string, target: string, done: number): void;
  /** Whether to end with what there is. Asked between steps, after messages were let in. */
  isStopped(): boolean;
}

/** Audits one loss on every target. `skip` names implementations that brought an earlier process down. */
export async function sweepLoss(
  given: ResolvedLoss,
  options: SweepOptions,
  skip: readonly string[],
  { onStep, isStopped }: LossHooks,
): Promise<LossResult> {
  const goesOn = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return !isStopped();
  };
  const precisions = await loadPrecisions();
  const parts: LossResult[] = [];
  for (const [t, name] of options.targets.entries()) {
    if (t > 0 && !(await goesOn())) break;
    const target = await loadTarget(name);
    const share = (done: number) => (t + Math.min(done, 1)) / options.targets.length;
    const loss = await prepareLoss(target.tf, given, {
      ...options,
      classes: options.heatmaps.classes,
      skip,
      onProbe: (implementation) => onStep(implementation, name, share(0)),
    });
    parts.push(
      await sweepOnTarget(
        loss,
        target,
        options,
        precisions,
        given.kind === "file",
        goesOn,
        (implementation, done) => onStep(implementation, name, share(done)),
      ),
    );
  }
  return joined(parts);
}

async function sweepOnTarget(
  loss: AuditedLoss,
  target: Target,
  options: SweepOptions,
  precisions: Precisions,
  isUserLoss: boolean,
  goesOn: () => Promise<boolean>,
  onStep: (implementation: string, done: number) => void,
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
      ...loss.subjects
        .filter(({ leaks }) => leaks > 0)
        .map(({ name: implementation, leaks }) => ({
          loss: loss.name,
          implementation,
          target: name,
          message:
            `Each call leaves ${leaks} tensor${leaks === 1 ? "" : "s"} behind: training would run out of memory. ` +
            "Dispose of what tf.keep or tf.variable holds; all else tf.tidy frees.",
        })),
    ],
    unresolved: tally.unresolved,
    targets: [target.description],
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

/** One result of those of each target. Errors that are the same on all targets are said once. */
function joined(parts: LossResult[]): LossResult {
  const errors = parts.flatMap((part) => part.errors);
  const key = ({ implementation, message }: AuditError) => `${implementation} ${message}`;
  const counts = new Map<string, number>();
  for (const error of errors) counts.set(key(error), (counts.get(key(error)) ?? 0) + 1);
  const [first] = parts;
  return {
    summary: {
      ...first.summary,
      implementations: parts.flatMap((part) => part.summary.implementations),
      escalated: Math.max(...parts.map((part) => part.summary.escalated)),
    },
    findings: parts.flatMap((part) => part.findings),
    errors: errors
      .filter(
        (error, i) =>
          errors.findIndex((other) => key(other) === key(error)) === i ||
          counts.get(key(error)) !== parts.length,
      )
      .map(({ target, ...error }) =>
        counts.get(key({ ...error })) === parts.length ? error : { ...error, target },
      ),
    unresolved: parts.reduce((sum, part) => sum + part.unresolved, 0),
    targets: parts.flatMap((part) => part.targets),
    warnings: first.warnings,
  };
}
