import { fuzzReport } from "../fuzz/fuzz-report.js";
import { gateReport } from "../gate/gate-report.js";
import type { AnyReport } from "../report/any-report.js";
import { fuzzEndText, fuzzFindingText } from "../report/fuzz-text.js";
import { gateText } from "../report/gate-text.js";
import { prettyReport } from "../report/pretty.js";
import { type Merged, merge } from "../shards/merge.js";
import { sweepReport } from "../sweep/sweep-report.js";
import { Teller } from "../sweep/teller.js";
import { terminal } from "./colour.js";
import { messageText } from "./message-text.js";
import { write } from "./output.js";
import { askedReports, finishReports, hasPlots, isPretty } from "./report-flag.js";
import type { RunFlags } from "./run-sweep.js";
import { typedPath } from "./typed-path.js";

/** Where what was merged is told, as the command itself would. */
interface Printer {
  flags: Omit<RunFlags, "config">;
  plots: boolean;
  print(text: string): void;
  warn(message: string): void;
}

/** `audit merge`: puts shards together, prints what one run would have printed, and sets the exit code of it. */
export async function runMerge(files: string[], flags: Omit<RunFlags, "config">): Promise<void> {
  const requests = await askedReports(flags, { config: {}, folder: typedPath(".") });
  const merged = await merge(files);
  const isPrinted = isPretty(requests);
  const printer: Printer = {
    flags,
    plots: hasPlots(requests),
    print: (text) => {
      if (isPrinted) process.stdout.write(text);
    },
    warn: (message) => {
      if (!flags.quiet) process.stderr.write(messageText(process.stderr, "Warning:", message));
    },
  };
  for (const warning of merged.warnings) printer.warn(warning);
  const report = await told(merged, printer);
  await write(process.stdout, "");
  const { sweep, fuzz } = merged.work;
  await finishReports(report, requests, typedPath(sweep?.folder ?? fuzz?.folder ?? "."));
}

async function told({ work, done }: Merged, { flags, plots, print, warn }: Printer): Promise<AnyReport> {
  const screen = terminal(process.stdout, flags["no-color"]);
  if (work.plan) {
    const { sweep, fuzz, plan } = work;
    const report = await gateReport(
      { ...plan, ...(sweep && { sweep: { ...sweep, plots } }), ...(fuzz && { fuzz }) },
      done,
    );
    for (const message of report.warnings) warn(message);
    print(gateText(report, screen, flags));
    return report;
  }
  if (work.fuzz && done.fuzz) {
    const report = fuzzReport(work.fuzz, done.fuzz);
    for (const message of report.warnings) warn(message);
    for (const finding of done.fuzz.parts.flatMap(({ findings }) => findings)) {
      const isShown = finding.severity === "error" || (finding.severity === "warning" && !flags.quiet);
      if (isShown) print(fuzzFindingText(finding, screen));
    }
    print(fuzzEndText(report, screen, { quiet: flags.quiet, isReplay: false }));
    return report;
  }
  if (!work.sweep || !done.sweep) throw new Error(`The blobs of audit ${work.command} hold nothing.`);
  const pretty = prettyReport(screen, flags);
  const report = sweepReport({ ...work.sweep, plots }, done.sweep);
  new Teller(done.sweep, [], { onWarning: warn, onLoss: (summary) => print(pretty.loss(summary)) }).rest();
  print(pretty.end(report));
  return report;
}
