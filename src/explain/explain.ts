import { inShape, prepareLoss } from "../audit/prepare.js";
import { agreedReferences } from "../audit/references.js";
import type { AuditedLoss, Subject } from "../audit/subject.js";
import { InputError } from "../inputs/input-error.js";
import { resolveLosses } from "../losses/resolve.js";
import { loadPrecisions, type Precisions } from "../oracle/oracle.js";
import type { AuditError } from "../report/report.js";
import { loadTarget, type Target } from "../targets/targets.js";
import type { OnStep } from "../worker/supervise.js";
import { explainPoint } from "./explain-point.js";
import type { ExplainOptions } from "./options.js";
import { type Batch, batchesOf, pixelOf } from "./points.js";
import type { ExplainedPoint, ExplainReport } from "./report.js";
import { worstPixel } from "./worst-pixel.js";

/**
 * Takes each implementation of a loss apart at each point that was asked for.
 * Runs the user's code in this process.
 *
 * Throws when nothing can be explained: an unknown loss or target, no such
 * point, a file that is missing. An implementation that can't be explained
 * stands in `errors`.
 */
export async function explain(
  options: ExplainOptions,
  version: string,
  skip: readonly string[] = [],
  onStep: OnStep = () => {},
): Promise<ExplainReport> {
  const [given] = resolveLosses([options.loss]);
  const target = await loadTarget(options.target);
  const precisions = await loadPrecisions();
  const { source } = options;
  const loss = await prepareLoss(target.tf, given, {
    implementations: [],
    from: options.from,
    skip,
    onProbe: (implementation) => onStep(implementation, options.target, 0),
    classes: (source.kind === "at" ? source.classes : undefined) ?? 2,
  });
  const references = given.kind === "catalogue" ? loss.references : agreedReferences(loss, precisions);
  const errors: AuditError[] = loss.failed.map((failure) => ({ loss: loss.name, ...failure }));
  const points: ExplainedPoint[] = [];
  for (const batch of await batchesOf(loss, shapeOf(loss), source)) {
    for (const subject of loss.subjects) {
      onStep(subject.name, options.target, 0);
      try {
        points.push(explainOne(loss, subject, references, batch, target, precisions));
      } catch (error) {
        if (error instanceof InputError) throw error;
        const message = error instanceof Error ? error.message : String(error);
        errors.push({
          loss: loss.name,
          implementation: subject.name,
          target: target.description.name,
          message,
        });
      }
    }
  }
  return {
    schema: 1,
    command: "explain",
    version,
    target: target.description,
    points,
    warnings: loss.warnings,
    errors,
    exitCode: errors.length > 0 || points.length === 0 ? 2 : 0,
  };
}

function explainOne(
  loss: AuditedLoss,
  subject: Subject,
  references: readonly Subject[],
  batch: Batch,
  target: Target,
  precisions: Precisions,
): ExplainedPoint {
  const inBatch = (one: Subject, shape: readonly number[]) => inShape(target.tf, one, shape);
  const at =
    batch.at ??
    worstPixel(
      inBatch(subject, batch.shape),
      references.map((reference) => inBatch(reference, batch.shape).exact),
      batch,
      target,
    );
  const point = pixelOf(loss.point, batch, at);
  return explainPoint(
    {
      loss: loss.name,
      subject: inBatch(subject, point.shape),
      references: references.map((reference) => inBatch(reference, point.shape).exact),
    },
    point,
    target,
    precisions,
  );
}

function shapeOf(loss: AuditedLoss): readonly number[] {
  return loss.subjects[0]?.shape ?? [1];
}
