import { checkFileWritable } from "../files/write-file.js";
import { checkCorpora } from "../fuzz/corpus/check-corpora.js";
import { type FuzzHooks, fuzzParts } from "../fuzz/fuzz.js";
import type { Shard, SweepOptions } from "../sweep/options.js";
import { type SweepHooks, sweepParts } from "../sweep/sweep.js";
import { version } from "../version.js";
import { type Blob, writeBegun, writeBlob } from "./blob.js";
import { digestsOf } from "./digests.js";
import type { Done, Work } from "./work.js";

export interface ShardHooks {
  sweep?: Pick<SweepHooks, "onProgress" | "onWarning">;
  fuzz?: Pick<FuzzHooks, "onProgress" | "onWarning">;
  signal?: AbortSignal;
}

/** What became of a shard. */
export interface ShardOutcome {
  done: Done;
  /** It was stopped before its end: its blob says so, and `audit merge` refuses it. */
  interrupted: boolean;
}

/**
 * Does a share of a work, and writes the blob of it, once it is done. From its beginning on the file says that the
 * shard has begun. Throws an InputError where the blob can't be written, and for what can't be run.
 */
export async function runShard(
  work: Work,
  shard: Shard,
  file: string,
  { sweep, fuzz, signal }: ShardHooks = {},
): Promise<ShardOutcome> {
  await checkFileWritable(file);
  if (work.fuzz) await checkCorpora(work.fuzz);
  await writeBegun(file, work.command, shard);
  const files = await digestsOf(work);
  const done: Done = {};
  if (work.sweep) done.sweep = await sweepParts({ ...work.sweep, plots: true, shard }, { ...sweep, signal });
  if (work.fuzz && !signal?.aborted)
    done.fuzz = await fuzzParts({ ...work.fuzz, shard }, { ...fuzz, signal });
  if (signal?.aborted) return { done, interrupted: true };
  const blob: Blob = { version, command: work.command, shard, work: comparable(work), files, done };
  await writeBlob(file, blob);
  return { done, interrupted: false };
}

/** Without what may differ from shard to shard. */
function comparable({ command, sweep, fuzz, plan }: Work): Work {
  const without = <T extends Pick<SweepOptions, "shard" | "jobs" | "plots">>({
    shard,
    jobs,
    plots,
    ...rest
  }: T) => rest;
  return {
    command,
    ...(sweep && { sweep: without(sweep) }),
    ...(fuzz && { fuzz: without(fuzz) }),
    ...(plan && { plan: { ...plan, sweep: undefined, fuzz: undefined } }),
  };
}
