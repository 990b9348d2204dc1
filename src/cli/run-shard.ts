import { InputError } from "../inputs/input-error.js";
import { jsonText } from "../report/json.js";
import { Progress } from "../report/progress.js";
import { shardText } from "../report/shard-text.js";
import { defaultBlob } from "../shards/blob.js";
import { runShard } from "../shards/run-shard.js";
import { shardReport } from "../shards/shard-report.js";
import type { Work } from "../shards/work.js";
import { terminal } from "./colour.js";
import { interruptible } from "./interrupt.js";
import { messageText } from "./message-text.js";
import { write } from "./output.js";
import { progressLine } from "./run-fuzz.js";
import type { RunFlags } from "./run-sweep.js";
import { shardOf } from "./shard-of.js";

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

/** Does one shard of a work, writes its blob, and says where that is. The exit code is 0 once it is written. */
export async function runShardCommand(work: Work, flags: RunFlags & { shard: string }): Promise<void> {
  const shard = shardOf(flags.shard);
  const blob = flags.blob ?? defaultBlob(shard);
  if (blob.trim() === "") throw new InputError('--blob takes the path of a file, but "" was given.');
  const progress = flags.quiet ? undefined : new Progress(process.stderr);
  const onWarning = (message: string) => {
    if (flags.quiet) return;
    progress?.clear();
    process.stderr.write(messageText(process.stderr, "Warning:", message));
  };
  const report = await interruptible(async (signal) => {
    const outcome = await runShard(work, shard, blob, {
      sweep: { onWarning, onProgress: (done) => progress?.update(done) },
      fuzz: { onWarning, onProgress: (done) => progress?.show((elapsed) => progressLine(done, elapsed)) },
      signal,
    });
    return shardReport({ command: work.command, shard, blob }, outcome);
  });
  progress?.clear();
  const screen = terminal(process.stdout, flags["no-color"]);
  await write(process.stdout, flags.json ? jsonText(report) : shardText(report, screen));
  process.exitCode = report.exitCode;
}
