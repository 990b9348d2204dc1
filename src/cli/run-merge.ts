import { merge } from "../index.js";
import { fuzzEndText, fuzzFindingText, isInFull } from "../report/fuzz-text.js";
import { gateText } from "../report/gate-text.js";
import { prettyReport } from "../report/pretty.js";
import { terminal } from "./colour.js";
import { write } from "./output.js";
import { askedReports, finishReports, hasPlots, isPretty } from "./reports.js";
import type { RunFlags } from "./run-sweep.js";
import { typedPath } from "./typed-path.js";
import { warner } from "./warnings.js";

/** `audit merge`: puts shards together, prints what one run would have printed, and sets the exit code of it. */
export async function runMerge(files: string[], flags: Omit<RunFlags, "config">): Promise<void> {
  const requests = await askedReports(flags, { config: {}, folder: typedPath(".") });
  const isPrinted = isPretty(requests);
  const screen = terminal(process.stdout, flags["no-color"]);
  const pretty = prettyReport(screen, flags);
  const print = (text: string) => {
    if (isPrinted) process.stdout.write(text);
  };
  const { report, folder = "." } = await merge(files, {
    plots: hasPlots(requests),
    onWarning: warner(flags),
    onLoss: (summary) => print(pretty.loss(summary)),
    onFinding: (finding) => {
      if (isInFull(finding, flags)) print(fuzzFindingText(finding, screen));
    },
  });
  if (report.command === "sweep") print(pretty.end(report));
  else if (report.command === "gate") print(gateText(report, screen, flags));
  else print(fuzzEndText(report, screen, { quiet: flags.quiet, isReplay: false }));
  await write(process.stdout, "");
  await finishReports(report, requests, typedPath(folder));
}
