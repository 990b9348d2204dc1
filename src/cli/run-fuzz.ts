import { type FuzzProgress, fuzz } from "../fuzz/fuzz.js";
import type { FuzzOptions } from "../fuzz/options.js";
import { fuzzEndText, fuzzFindingText } from "../report/fuzz-text.js";
import { jsonText } from "../report/json.js";
import { Progress } from "../report/progress.js";
import { count, truncate, twoDigits } from "../report/text.js";
import { terminal } from "./colour.js";
import { interruptible } from "./interrupt.js";
import { messageText } from "./message-text.js";
import { write } from "./output.js";

/** Of the name of what runs, on a narrow terminal. */
const SHORTEST_NAME = 9;

/** `audit fuzz`: runs it, prints each finding as soon as it is there, and sets the exit code. */
export async function runFuzz(
  options: FuzzOptions,
  output: { json: boolean; quiet: boolean; noColor: boolean },
): Promise<void> {
  const progress = output.quiet ? undefined : new Progress(process.stderr);
  const screen = terminal(process.stdout, output.noColor);
  let findings = 0;
  const report = await interruptible((signal) =>
    fuzz(options, {
      signal,
      onProgress: (done) => progress?.show((elapsed) => progressLine({ ...done, findings }, elapsed)),
      onWarning: (message) => {
        if (output.quiet) return;
        progress?.clear();
        process.stderr.write(messageText(process.stderr, "Warning:", message));
      },
      onFinding: (finding) => {
        findings += 1;
        const isShown = finding.severity === "error" || (finding.severity === "warning" && !output.quiet);
        if (output.json || !isShown) return;
        progress?.clear();
        process.stdout.write(fuzzFindingText(finding, screen));
      },
    }),
  );
  progress?.clear();
  const isReplay = options.replay !== undefined;
  const end = output.json ? jsonText(report) : fuzzEndText(report, screen, { ...output, isReplay });
  await write(process.stdout, end);
  process.exitCode = report.exitCode;
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
