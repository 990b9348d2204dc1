import { type FuzzHooks, type FuzzProgress, fuzz as replay } from "../fuzz/fuzz.js";
import type { FuzzReport } from "../fuzz/report.js";
import { fuzz } from "../index.js";
import { fuzzEndText, fuzzFindingText } from "../report/fuzz-text.js";
import { jsonText } from "../report/json.js";
import { Progress } from "../report/progress.js";
import { count, truncate, twoDigits } from "../report/text.js";
import { terminal } from "./colour.js";
import { configured } from "./configured.js";
import { type FuzzFlags, fuzzConfig, replayOptions } from "./fuzz-options.js";
import { interruptible } from "./interrupt.js";
import { messageText } from "./message-text.js";
import { write } from "./output.js";
import type { RunFlags } from "./run-sweep.js";

/** Of the name of what runs, on a narrow terminal. */
const SHORTEST_NAME = 9;

/** `audit fuzz`: runs it, prints each finding as soon as it is there, and sets the exit code. */
export async function runFuzz(
  losses: string[],
  flags: FuzzFlags & RunFlags & { replay?: string },
): Promise<void> {
  const run = await runOf(losses, flags);
  const progress = flags.quiet ? undefined : new Progress(process.stderr);
  const screen = terminal(process.stdout, flags["no-color"]);
  let findings = 0;
  const report = await interruptible((signal) =>
    run({
      signal,
      onProgress: (done) => progress?.show((elapsed) => progressLine({ ...done, findings }, elapsed)),
      onWarning: (message) => {
        if (flags.quiet) return;
        progress?.clear();
        process.stderr.write(messageText(process.stderr, "Warning:", message));
      },
      onFinding: (finding) => {
        findings += 1;
        const isShown = finding.severity === "error" || (finding.severity === "warning" && !flags.quiet);
        if (flags.json || !isShown) return;
        progress?.clear();
        process.stdout.write(fuzzFindingText(finding, screen));
      },
    }),
  );
  progress?.clear();
  const isReplay = flags.replay !== undefined;
  const end = flags.json ? jsonText(report) : fuzzEndText(report, screen, { quiet: flags.quiet, isReplay });
  await write(process.stdout, end);
  process.exitCode = report.exitCode;
}

/** What is to be run: a search, or one failure again. */
async function runOf(
  losses: string[],
  flags: FuzzFlags & RunFlags & { replay?: string },
): Promise<(hooks: FuzzHooks) => Promise<FuzzReport>> {
  if (flags.replay !== undefined) {
    const options = await replayOptions(flags.replay, losses, flags);
    return (hooks) => replay(options, hooks);
  }
  const { config, folder } = await configured(fuzzConfig(flags), losses, flags.config);
  return (hooks) => fuzz(config, { folder, ...hooks });
}

function progressLine(
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
