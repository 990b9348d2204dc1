import { availableParallelism } from "node:os";
import { askedLosses, type ResolvedLoss } from "../losses/resolve.js";
import type { AuditReport } from "../report/report.js";
import { countImplementations } from "../shards/count-implementations.js";
import { findTargets } from "../targets/find.js";
import { inParallel } from "../worker/pool.js";
import type { OnStep } from "../worker/supervise.js";
import { auditPiece } from "./audit-piece.js";
import { checkInputs } from "./check-inputs.js";
import type { SweepOptions, SweepProgress } from "./options.js";
import { ownOptions } from "./own-options.js";
import { cutPart, type Piece, WHOLE } from "./piece.js";
import { type SweepParts, sweepReport } from "./sweep-report.js";
import { type LossListener, Teller } from "./teller.js";

export interface SweepHooks extends LossListener {
  onProgress?(progress: SweepProgress): void;
  signal?: AbortSignal;
}

/**
 * Audits losses on real targets against their exact values. Each loss runs on
 * each target in a process of its own, as many at once as there are processors;
 * where these are more, a loss is cut by its implementations. On abort it
 * returns what is done by then.
 */
export async function sweep(options: SweepOptions, hooks: SweepHooks = {}): Promise<AuditReport> {
  return sweepReport(options, await sweepParts(options, hooks));
}

/** The same, with nothing put together. */
export async function sweepParts(options: SweepOptions, hooks: SweepHooks = {}): Promise<SweepParts> {
  const given = sweptLosses(options);
  await checkInputs(given.map(({ argument }) => ownOptions(options, argument)));
  const { names, missing } = await findTargets(options, hooks.signal);
  const whole = given.flatMap((loss) => names.map((target): Piece => ({ ...WHOLE, loss, target })));
  const pieces = divided(whole, options);
  const losses = given.map(({ argument }) => argument);
  const parts: SweepParts = { losses, targets: names, missing, parts: [], interrupted: false };
  const teller = new Teller(
    parts,
    pieces.map(({ loss }) => loss.argument),
    hooks,
  );
  const shares = pieces.map(() => 0);
  const work = async (i: number): Promise<void> => {
    const { loss, target, index, of } = pieces[i];
    const { argument } = loss;
    const step: OnStep = (implementation, _, share) => {
      shares[i] = share;
      const done = shares.reduce((sum, one) => sum + one, 0) / pieces.length;
      hooks.onProgress?.({ loss: argument, implementation, target, done });
    };
    const part = await auditPiece(pieces[i], options, step, hooks.signal);
    shares[i] = 1;
    if (part) parts.parts.push({ argument, target, index, of, ...part });
    if (part) teller.done(argument);
  };
  await inParallel([...pieces.keys()], work, { jobs: options.jobs, signal: hooks.signal });
  parts.interrupted = hooks.signal?.aborted === true;
  if (parts.interrupted) teller.rest();
  return parts;
}

/** The losses that were asked for, without those that are not wanted this time. */
export function sweptLosses({
  losses,
  folder,
  functions,
  only,
}: Pick<SweepOptions, "losses" | "folder" | "functions" | "only">): ResolvedLoss[] {
  return askedLosses(losses, folder, functions).filter(({ argument }) => only?.includes(argument) ?? true);
}

/** The pieces, cut further where there are fewer of them than processes that may run at once. */
function divided(pieces: readonly Piece[], options: SweepOptions): Piece[] {
  const { jobs = availableParallelism() } = options;
  const each = Math.ceil(jobs / pieces.length);
  return pieces.flatMap((piece) => {
    const { implementations } = ownOptions(options, piece.loss.argument);
    const count = countImplementations(piece.loss, implementations);
    const inPiece = Math.ceil((count - piece.index) / piece.of);
    return cutPart(piece, Math.max(1, Math.min(each, inPiece))).map((part) => ({ ...piece, ...part }));
  });
}
