import { sweep } from "../index.js";
import { prettyReport } from "../report/pretty.js";
import { Progress } from "../report/progress.js";
import { terminal } from "./colour.js";
import { configured } from "./configured.js";
import { interruptible } from "./interrupt.js";
import { write } from "./output.js";
import { askedReports, finishReports, hasPlots, isPretty } from "./reports.js";
import { isSharded, runShardCommand } from "./run-shard.js";
import { type SweepFlags, sweepConfig } from "./sweep-options.js";
import { warner } from "./warnings.js";

/** Flags of every command that runs losses. */
export interface RunFlags {
  config?: string;
  json: boolean;
  quiet: boolean;
  "no-color": boolean;
  report?: string[];
  shard?: string;
  blob?: string;
}

/** `audit sweep`: runs it, prints what comes out, and sets the exit code. */
export async function runSweep(losses: string[], flags: SweepFlags & RunFlags): Promise<void> {
  const loaded = await configured(sweepConfig(flags), losses, flags.config);
  const { config, folder } = loaded;
  if (isSharded(flags)) return runShardCommand("sweep", loaded, flags);
  const requests = await askedReports(flags, loaded);
  const isPrinted = isPretty(requests);
  const progress = flags.quiet ? undefined : new Progress(process.stderr);
  const pretty = prettyReport(terminal(process.stdout, flags["no-color"]), flags);
  const report = await interruptible((signal) =>
    sweep(config, {
      folder,
      plots: hasPlots(requests),
      signal,
      onProgress: (done) => progress?.update(done),
      onWarning: warner(flags, progress),
      onLoss: (summary) => {
        if (!isPrinted) return;
        progress?.clear();
        process.stdout.write(pretty.loss(summary));
      },
    }),
  );
  progress?.clear();
  if (isPrinted) await write(process.stdout, pretty.end(report));
  await finishReports(report, requests, folder);
}
