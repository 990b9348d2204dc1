import type { AuditError } from "../report/report.js";
import { type OnStep, supervise } from "../worker/supervise.js";
import type { TargetPart } from "./join-targets.js";
import type { SweepOptions } from "./options.js";
import { ownOptions } from "./own-options.js";
import type { Piece } from "./piece.js";
import type { LossResult } from "./sweep-loss.js";

/** Audits a piece in a process of its own, or in several where implementations end them; undefined after an abort that came too early. */
export async function auditPiece(
  piece: Piece,
  options: SweepOptions,
  onStep: OnStep,
  signal: AbortSignal | undefined,
): Promise<TargetPart | undefined> {
  const { loss, target, index, of } = piece;
  const own = ownOptions(options, loss.argument);
  const without = new Without();
  const { result, error, casualties } = await supervise<LossResult>(
    (casualties) => ({
      ...{ kind: "sweep", loss, target, options: own, part: { index, of } },
      ...without.next(casualties),
    }),
    own.timeout,
    onStep,
    signal,
    () => without.prepared(),
  );
  const errors: AuditError[] = casualties.map(({ implementation, message }) => ({
    loss: loss.argument,
    ...(implementation && { implementation }),
    target,
    message,
  }));
  if (error !== undefined) errors.push({ loss: loss.argument, target, message: error });
  return result || errors.length > 0 ? { result, errors } : undefined;
}

/**
 * What the next process does without. An implementation that ended one while it was swept still counts in what the
 * loss is, as it does in processes that sweep others only: the result must not depend on how a loss is cut. One that
 * ends another process all the same, as its exact run may, or one before anything was swept, is left out altogether.
 */
class Without {
  readonly #skip: string[] = [];
  readonly #ended: string[] = [];
  #isPrepared = false;

  prepared(): void {
    this.#isPrepared = true;
  }

  /** The last of the casualties is the one of the process before. */
  next(casualties: readonly string[]): { skip: string[]; ended: string[] } {
    const last = casualties.at(-1);
    if (last !== undefined) {
      const isLeftOut = !this.#isPrepared || this.#ended.includes(last);
      (isLeftOut ? this.#skip : this.#ended).push(last);
    }
    this.#isPrepared = false;
    return { skip: [...this.#skip], ended: [...this.#ended] };
  }
}
