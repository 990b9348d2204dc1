import { type FuzzProgress, fuzz } from "../fuzz/fuzz.js";
import type { FuzzOptions } from "../fuzz/options.js";
import { fuzzEndText, fuzzFindingText } from "../report/fuzz-text.js";
import { jsonText } from "../report/json.js";
import { Progress } from "../report/progress.js";
import { count, twoDigits } from "../report/text.js";
import { terminal } from "./colour.js";
import { interruptible } from "./interrupt.js";
import { messageText } from "./message-text.js";
import { write } from "./output.js";

/** `audit fuzz`: runs it, prints each finding as soon as it is there, and sets the exit code. */
export async function runFuzz(
  options: FuzzOptions,
  output: { json: boolean; quiet: boolean; noColor: boolean },
): Promise<void> {
  const progress = output.quiet ? undefined : new Progress(process.stderr);
  const screen = terminal(process.stdout, output.noColor);
  const report = await interruptible((signal) =>
    fuzz(options, {
      signal,
      onProgress: (done) => progress?.show((elapsed) => progressLine(done, elapsed)),
      onWarning: (message) => {
        if (output.quiet) return;
        progress?.clear();
        process.stderr.write(messageText(process.stderr, "Warning:", message));
      },
      onFinding: (finding) => {
        const isShown = finding.severity === "error" || (finding.severity === "warning" && !output.quiet);
        if (output.json || !isShown) return;
        progress?.clear();
        process.stdout.write(fuzzFindingText(finding, screen));
      },
    }),
  );
  progress?.clear();
  await write(process.stdout, output.json ? jsonText(report) : fuzzEndText(report, screen, output));
  process.exitCode = report.exitCode;
}

function progressLine(
  { loss, implementation, target, runs, points, findings, worst }: FuzzProgress,
  elapsed: number,
): string {
  const speed = Math.round(points / Math.max(elapsed, 0.001)).toLocaleString("en-US");
  return (
    `${count(runs, "input")}, ${speed} points/s, ${count(findings, "finding")}, ` +
    `worst error ${twoDigits(worst)}  ${loss} ${implementation} on ${target}`
  );
}
