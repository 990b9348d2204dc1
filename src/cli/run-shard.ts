import type { LoadedConfig } from "../config/load.js";
import { type GateHooks, type GateOptions, InputError, runShard, type ShardedCommand } from "../index.js";
import { jsonText } from "../report/json.js";
import { Progress } from "../report/progress.js";
import { shardText } from "../report/shard-text.js";
import { terminal } from "./colour.js";
import { interruptible } from "./interrupt.js";
import { write } from "./output.js";
import { progressLine } from "./run-fuzz.js";
import type { RunFlags } from "./run-sweep.js";
import { shardOf } from "./shard-of.js";
import { warner } from "./warnings.js";

/** Whether one shard is asked for. Refuses what does not go together. */
export function isSharded<F extends RunFlags>(flags: F): flags is F & { shard: string } {
  if (flags.shard === undefined) {
    if (flags.blob === undefined) return false;
    throw new InputError("--blob names the file of a shard, but there is no --shard. Add --shard I/N.");
  }
  if (flags.report !== undefined) {
    throw new InputError(
      "--report does not go with --shard, which has a part of the work only. Give it to audit merge.",
    );
  }
  return true;
}

/** Does one shard of a command, writes its blob, and says where that is. The exit code is 0 once it is written. */
export async function runShardCommand(
  command: ShardedCommand,
  { config, ...where }: LoadedConfig,
  flags: RunFlags & { shard: string },
  options: GateOptions = {},
): Promise<void> {
  const shard = shardOf(flags.shard);
  const { blob } = flags;
  if (blob?.trim() === "") throw new InputError('--blob takes the path of a file, but "" was given.');
  const progress = flags.quiet ? undefined : new Progress(process.stderr);
  const hooks: GateHooks = {
    onProgress: (done) => progress?.update(done),
    onSearch: (done) => progress?.show((elapsed) => progressLine(done, elapsed)),
    onWarning: warner(flags, progress),
  };
  const report = await interruptible((signal) =>
    runShard(command, config, { ...where, ...options, shard, blob, ...hooks, signal }),
  );
  progress?.clear();
  const screen = terminal(process.stdout, flags["no-color"]);
  await write(process.stdout, flags.json ? jsonText(report) : shardText(report, screen));
  process.exitCode = report.exitCode;
}
