import type { Config } from "../config/config.js";
import type { LoadedConfig } from "../config/load.js";
import { type FuzzHooks, type FuzzProgress, type FuzzReport, fuzz, InputError } from "../index.js";
import { fuzzEndText, fuzzFindingText, isInFull } from "../report/fuzz-text.js";
import { Progress } from "../report/progress.js";
import type { ReportRequest } from "../report/report-request.js";
import { count, truncate, twoDigits } from "../report/text.js";
import { terminal } from "./colour.js";
import { configured } from "./configured.js";
import { checkReplay, type FuzzFlags, fuzzConfig } from "./fuzz-options.js";
import { interruptible } from "./interrupt.js";
import { write } from "./output.js";
import { askedReports, finishReports, isPretty } from "./reports.js";
import { isSharded, runShardCommand } from "./run-shard.js";
import type { RunFlags } from "./run-sweep.js";
import { warner } from "./warnings.js";

/** Of the name of what runs, on a narrow terminal. */
const SHORTEST_NAME = 9;

/** `audit fuzz`: runs it, prints each finding as soon as it is there, and sets the exit code. */
export async function runFuzz(
  losses: string[],
  flags: FuzzFlags & RunFlags & { replay?: string },
): Promise<void> {
  if (isSharded(flags)) {
    if (flags.replay !== undefined) {
      throw new InputError("--replay tries one failure, which --shard can't divide. Leave one of them out.");
    }
    return runShardCommand("fuzz", await searchOf(losses, flags), flags);
  }
  const { run, requests, folder } = await runOf(losses, flags);
  const isPrinted = isPretty(requests);
  const progress = flags.quiet ? undefined : new Progress(process.stderr);
  const screen = terminal(process.stdout, flags["no-color"]);
  let findings = 0;
  const report = await interruptible((signal) =>
    run({
      signal,
      onProgress: (done) => progress?.show((elapsed) => progressLine({ ...done, findings }, elapsed)),
      onWarning: warner(flags, progress),
      onFinding: (finding) => {
        findings += 1;
        if (!isPrinted || !isInFull(finding, flags)) return;
        progress?.clear();
        process.stdout.write(fuzzFindingText(finding, screen));
      },
    }),
  );
  progress?.clear();
  const isReplay = flags.replay !== undefined;
  if (isPrinted) {
    await write(process.stdout, fuzzEndText(report, screen, { quiet: flags.quiet, isReplay }));
  }
  await finishReports(report, requests, folder);
}

interface Run {
  run(hooks: FuzzHooks): Promise<FuzzReport>;
  requests: ReportRequest[];
  /** The project's, where there is a configuration. */
  folder?: string;
}

/** What is to be run: a search, or one failure again. */
async function runOf(losses: string[], flags: FuzzFlags & RunFlags & { replay?: string }): Promise<Run> {
  const { replay } = flags;
  if (replay !== undefined) {
    checkReplay(losses, flags);
    const { config, folder } = await configured(fuzzConfig(flags), [], flags.config);
    const requests = await askedReports(flags, { config: {}, folder });
    return { run: (hooks) => fuzz(config, { folder, replay, ...hooks }), requests, folder };
  }
  const loaded = await searchOf(losses, flags);
  const { config, folder } = loaded;
  const requests = await askedReports(flags, loaded);
  return { run: (hooks) => fuzz(config, { folder, ...hooks }), requests, folder };
}

/** The configuration of a search. What is asked for by name is searched, whatever the gate does with it. */
async function searchOf(losses: string[], flags: FuzzFlags & RunFlags): Promise<LoadedConfig> {
  const loaded = await configured(fuzzConfig(flags), losses, flags.config);
  return losses.length > 0 ? { ...loaded, config: searched(loaded.config) } : loaded;
}

/** A configuration in which no loss says `fuzz: false`. */
function searched(config: Config): Config {
  const losses = config.losses?.map((loss) => {
    if (typeof loss === "string" || loss.fuzz !== false) return loss;
    const { fuzz: _, ...rest } = loss;
    return rest;
  });
  return { ...config, ...(losses && { losses }) };
}

/** One line of progress of a search. */
export function progressLine(
  { loss, implementation, target, runs, points, findings, worst }: FuzzProgress,
  elapsed: number,
): string {
  const speed = Math.round(points / Math.max(elapsed, 0.001)).toLocaleString("en-US");
  const numbers =
    `${count(runs, "input")}, ${speed} points/s, ${count(findings, "finding")}, ` +
    `worst error ${twoDigits(worst)}`;
  const running = loss.endsWith(`#${implementation}`) ? loss : `${loss} ${implementation}`.trimEnd();
  return `${numbers}  ${truncate(`${running} on ${target}`, columnsBeside(numbers))}`;
}

/** What a terminal has left for the name of what runs: the numbers are there in full. */
function columnsBeside(numbers: string): number {
  const { isTTY, columns = 80 } = process.stderr;
  return isTTY ? Math.max(SHORTEST_NAME, columns - 3 - numbers.length) : Number.POSITIVE_INFINITY;
}
