import { type GateHooks, gate } from "../index.js";
import { gateText } from "../report/gate-text.js";
import { Progress } from "../report/progress.js";
import { terminal } from "./colour.js";
import { configured } from "./configured.js";
import { type GateFlags, gateConfig, gateOptions } from "./gate-options.js";
import { interruptible } from "./interrupt.js";
import { write } from "./output.js";
import { askedReports, finishReports, hasPlots, isPretty } from "./reports.js";
import { progressLine } from "./run-fuzz.js";
import { isSharded, runShardCommand } from "./run-shard.js";
import type { RunFlags } from "./run-sweep.js";
import { warner } from "./warnings.js";

/** `audit gate`: runs it, prints what comes out, and sets the exit code. */
export async function runGateCommand(
  losses: string[],
  flags: GateFlags & RunFlags & { report?: string[] },
): Promise<void> {
  const loaded = await configured(gateConfig(flags), [], flags.config);
  const { config, ...where } = loaded;
  if (isSharded(flags)) return runShardCommand("gate", loaded, flags, gateOptions(losses, flags));
  const requests = await askedReports(flags, loaded);
  const options = { ...gateOptions(losses, flags), plots: hasPlots(requests) };
  const progress = flags.quiet ? undefined : new Progress(process.stderr);
  const warned = new Set<string>();
  const say = warner(flags, progress);
  const warn = (message: string) => {
    if (!warned.has(message)) say(message);
    warned.add(message);
  };
  const hooks: GateHooks = {
    onProgress: (done) => progress?.update(done),
    onSearch: (done) => progress?.show((elapsed) => progressLine(done, elapsed)),
    onWarning: warn,
  };
  const report = await interruptible((signal) => gate(config, { ...where, ...options, ...hooks, signal }));
  progress?.clear();
  for (const message of report.warnings) warn(message);
  if (isPretty(requests))
    await write(process.stdout, gateText(report, terminal(process.stdout, flags["no-color"]), flags));
  await finishReports(report, requests, loaded.folder);
}
