import { inShape, prepareLoss } from "../audit/prepare.js";
import { agreedReferences } from "../audit/references.js";
import type { AuditedLoss, Subject } from "../audit/subject.js";
import { InputError } from "../inputs/input-error.js";
import type { Tolerance } from "../judge/classify.js";
import { type ResolvedLoss, resolveLosses } from "../losses/resolve.js";
import { messageOf } from "../message-of.js";
import { loadPrecisions, type Precisions } from "../oracle/oracle.js";
import { exitCodeOf } from "../report/exit-code.js";
import type { AuditError } from "../report/report.js";
import type { Target } from "../targets/target.js";
import { TargetLostError } from "../targets/target-lost.js";
import { loadTarget } from "../targets/targets.js";
import { loadTfjs } from "../targets/tfjs.js";
import { turn } from "../worker/turn.js";
import { explainPoint } from "./explain-point.js";
import type { ExplainOptions } from "./options.js";
import { type Batch, batchesOf, pixelOf } from "./points.js";
import type { ExplainedPoint, ExplainReport } from "./report.js";
import { worstPixel } from "./worst-pixel.js";

export interface ExplainListeners {
  /** Called before each step of user code: who runs on which target, and how much is done, 0 to 1. */
  onStep(implementation: string, target: string, done: number): void;
  /** Whether to end with what there is. Asked between points, after messages were let in. */
  isStopped(): boolean;
}

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
  listeners: ExplainListeners = { onStep: () => {}, isStopped: () => false },
): Promise<ExplainReport> {
  const [given] = resolveLosses([options.loss], undefined, options.functions);
  const target = await loadTarget(options.target, { loss: given, from: options.from });
  try {
    return await explainOn(target, given, options, version, skip, listeners);
  } finally {
    await target.close();
  }
}

async function explainOn(
  target: Target,
  given: ResolvedLoss,
  options: ExplainOptions,
  version: string,
  skip: readonly string[],
  { onStep, isStopped }: ExplainListeners,
): Promise<ExplainReport> {
  const precisions = await loadPrecisions();
  const { source } = options;
  const { loaded, names } = toLoad(given, options.comparedWith);
  const loss = await prepareLoss(await loadTfjs(), loaded, {
    implementations: names,
    from: options.from,
    parameters: options.parameters,
    skip,
    onProbe: (implementation) => onStep(implementation, options.target, 0),
    classes: (source.kind === "at" ? source.classes : undefined) ?? 2,
  });
  checkNames(loss, names, skip);
  // Of several that were loaded for the sake of one, that one is explained.
  const isAsked = (name: string) => names.length === 0 || name === names[0];
  const references = given.kind === "catalogue" ? loss.references : agreedReferences(loss, precisions);
  const surroundings: Surroundings = { loss, references, target, precisions, tolerance: options };
  const errors: AuditError[] = loss.failed
    .filter(({ implementation }) => isAsked(implementation))
    .map((failure) => ({ loss: loss.name, ...failure }));
  const points: ExplainedPoint[] = [];
  const subjects = loss.subjects.filter(({ name }) => isAsked(name));
  const asked = (await batchesOf(loss, source)).flatMap((batch) =>
    subjects.map((subject) => ({ batch, subject })),
  );
  let interrupted = false;
  for (const [i, { batch, subject }] of asked.entries()) {
    await turn();
    interrupted = isStopped();
    if (interrupted) break;
    onStep(subject.name, options.target, i / asked.length);
    try {
      points.push(await explainOne(surroundings, subject, batch));
    } catch (error) {
      if (error instanceof InputError || error instanceof TargetLostError) throw error;
      const message = messageOf(error);
      const { name: target } = surroundings.target.description;
      errors.push({ loss: loss.name, implementation: subject.name, target, message });
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
    interrupted,
    exitCode: exitCodeOf("never", {
      ...{ findings: [], errors: errors.length, interrupted },
      isAudited: points.length > 0,
    }),
  };
}

/** What to load, and which implementations of it; all where none is named. */
function toLoad(
  given: ResolvedLoss,
  comparedWith: readonly string[],
): { loaded: ResolvedLoss; names: string[] } {
  if (comparedWith.length === 0) return { loaded: given, names: [] };
  if (given.kind !== "file" || given.export === undefined) {
    throw new InputError(
      `with compares one export of a file with others of it, but ${given.argument} is ` +
        `${given.kind === "file" ? "all of them" : "a loss of the catalogue"}: write FILE#EXPORT, or leave with out.`,
    );
  }
  return { loaded: { ...given, export: undefined }, names: [given.export, ...comparedWith] };
}

function checkNames(
  { argument, subjects, failed }: AuditedLoss,
  names: readonly string[],
  skip: readonly string[],
): void {
  const known = [...subjects.map(({ name }) => name), ...failed.map((one) => one.implementation), ...skip];
  const missing = names.find((name) => !known.includes(name));
  if (missing === undefined) return;
  throw new InputError(
    `The file of ${argument} has no function "${missing}" among its exports: with takes names of its exports.`,
  );
}

/** What all points of a loss have in common. */
interface Surroundings {
  loss: AuditedLoss;
  references: readonly Subject[];
  target: Target;
  precisions: Precisions;
  tolerance: Tolerance;
}

async function explainOne(
  { loss, references, target, precisions, tolerance }: Surroundings,
  subject: Subject,
  batch: Batch,
): Promise<ExplainedPoint> {
  const inBatch = (one: Subject, { shape }: Pick<Batch, "shape">) => inShape(one, shape(one.shape));
  const exact = (of: Pick<Batch, "shape">) => references.map((reference) => inBatch(reference, of).exact);
  const at = batch.at ?? (await worstPixel(inBatch(subject, batch), exact(batch), batch, target, tolerance));
  const pixel = pixelOf(loss.point, batch, at);
  return explainPoint(
    { loss: loss.name, subject: inBatch(subject, pixel), references: exact(pixel) },
    { ...pixel, shape: pixel.shape(subject.shape) },
    target,
    precisions,
    tolerance,
  );
}
