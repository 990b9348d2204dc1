import type { LoadedConfig } from "../config/load.js";
import type { GateHooks } from "../gate/gate.js";
import type { GateOptions } from "../gate/make-plan.js";
import { InputError } from "../inputs/input-error.js";
import type { Shard } from "../sweep/options.js";
import { defaultBlob } from "./blob.js";
import { runShard } from "./run-shard.js";
import { type ShardReport, shardReport } from "./shard-report.js";
import { COMMANDS, type ShardedCommand } from "./work.js";
import { workOf } from "./work-of.js";

export interface ShardOptions extends GateOptions {
  /** The part of the work that is done here, of `of` parts, counted from 1. */
  shard: Shard;
  /** The file of the blob; `.audit/shard-I-of-N.json` unless said. */
  blob?: string;
}

/** Does one shard of a command and writes its blob. Throws an InputError for what can't be done. */
export async function oneShard(
  command: ShardedCommand,
  loaded: LoadedConfig,
  { shard, blob = defaultBlob(shard), ...options }: ShardOptions,
  { onProgress, onSearch, onWarning, signal }: GateHooks,
): Promise<ShardReport> {
  if (!COMMANDS.includes(command)) {
    throw new InputError(`Of ${command} there are no shards, only of ${COMMANDS.join(", ")}.`);
  }
  const { index, of } = shard;
  if (!Number.isInteger(of) || !Number.isInteger(index) || index < 1 || index > of) {
    throw new InputError(`shard is ${index} of ${of}, but must be one of 1 to N, of N.`);
  }
  const work = await workOf(command, loaded, options);
  const outcome = await runShard(work, shard, blob, {
    sweep: { onWarning, onProgress },
    fuzz: { onWarning, onProgress: onSearch },
    signal,
  });
  return shardReport({ command, shard, blob }, outcome);
}
