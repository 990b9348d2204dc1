import { catalogueNames } from "../losses/names.js";
import { resolveLosses } from "../losses/resolve.js";
import { jsonText } from "../report/json.js";
import { prettyReport } from "../report/pretty.js";
import { Progress } from "../report/progress.js";
import type { SweepOptions } from "../sweep/options.js";
import { sweep } from "../sweep/sweep.js";
import { terminal } from "./colour.js";
import { interruptible } from "./interrupt.js";
import { messageText } from "./message-text.js";
import { write } from "./output.js";
import { choice } from "./values.js";

/** Refuses names that nothing can answer to, before anything runs. Those in a user's file are known once it is loaded. */
function checkNames(options: SweepOptions): void {
  const requests = resolveLosses(options.losses);
  if (requests.some((request) => request.kind === "file")) return;
  const names = requests.flatMap((request) => (request.kind === "catalogue" ? [request.name] : []));
  const losses = names.length === 0 ? [...catalogueNames.keys()] : names;
  const known = new Set(losses.flatMap((name) => catalogueNames.get(name) ?? []));
  for (const name of options.implementations) choice("implementation", name, [...known]);
}

/** `audit sweep`: runs it, prints what comes out, and sets the exit code. */
export async function runSweep(
  options: SweepOptions,
  output: { json: boolean; quiet: boolean; noColor: boolean },
): Promise<void> {
  checkNames(options);
  const progress = output.quiet ? undefined : new Progress(process.stderr);
  const pretty = prettyReport(terminal(process.stdout, output.noColor), output);
  const report = await interruptible((signal) =>
    sweep(options, {
      signal,
      onProgress: (done) => progress?.update(done),
      onWarning: (message) => {
        if (output.quiet) return;
        progress?.clear();
        process.stderr.write(messageText(process.stderr, "Warning:", message));
      },
      onLoss: (summary) => {
        if (output.json) return;
        progress?.clear();
        process.stdout.write(pretty.loss(summary));
      },
    }),
  );
  progress?.clear();
  await write(process.stdout, output.json ? jsonText(report) : pretty.end(report));
  process.exitCode = report.exitCode;
}
