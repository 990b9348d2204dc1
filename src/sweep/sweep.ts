import { availableParallelism } from "node:os";
import { askedLosses, type ResolvedLoss } from "../losses/resolve.js";
import type { AuditReport } from "../report/report.js";
import { piecesForJobs, shardedPieces } from "../shards/pieces.js";
import { type FoundTargets, findTargets } from "../targets/find.js";
import { inParallel } from "../worker/pool.js";
import type { OnStep } from "../worker/supervise.js";
import { auditPiece } from "./audit-piece.js";
import { checkInputs } from "./check-inputs.js";
import { inOrder } from "./in-order.js";
import type { SweepOptions, SweepProgress } from "./options.js";
import { ownOptions } from "./own-options.js";
import { type Piece, WHOLE } from "./piece.js";
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

/** The same, with nothing put together; of a shard, its share. */
export async function sweepParts(options: SweepOptions, hooks: SweepHooks = {}): Promise<SweepParts> {
  const given = sweptLosses(options);
  await checkInputs(given.map(({ argument }) => ownOptions(options, argument)));
  const found = await findTargets(options, hooks.signal);
  const pieces = piecesOf(given, found, options);
  const parts: SweepParts = {
    losses: given.map(({ argument }) => argument),
    targets: found.names,
    missing: found.missing,
    parts: [],
    interrupted: false,
  };
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
  return { ...parts, parts: inOrder(parts) };
}

/** The losses that were asked for, without those that are not wanted this time. */
function sweptLosses({
  losses,
  folder,
  functions,
  only,
}: Pick<SweepOptions, "losses" | "folder" | "functions" | "only">): ResolvedLoss[] {
  return askedLosses(losses, folder, functions).filter(({ argument }) => only?.includes(argument) ?? true);
}

/** What is audited here: each loss on each target, or the share of a shard, in enough pieces for all processes. */
function piecesOf(losses: readonly ResolvedLoss[], found: FoundTargets, options: SweepOptions): Piece[] {
  const { shard, jobs = availableParallelism() } = options;
  const on = (targets: readonly string[]) =>
    losses.flatMap((loss) => targets.map((target): Piece => ({ ...WHOLE, loss, target })));
  // What falls on a target that is missing here is no other shard's.
  const mine = shard
    ? shardedPieces(on(found.asked), options, shard.of)[shard.index - 1].items
    : on(found.names);
  return piecesForJobs(
    mine.filter(({ target }) => found.names.includes(target)),
    options,
    jobs,
  );
}
