import { sweep } from "../index.js";
import { catalogueNames } from "../losses/names.js";
import { resolveLosses } from "../losses/resolve.js";
import { jsonText } from "../report/json.js";
import { prettyReport } from "../report/pretty.js";
import { Progress } from "../report/progress.js";
import { terminal } from "./colour.js";
import { configured } from "./configured.js";
import { interruptible } from "./interrupt.js";
import { messageText } from "./message-text.js";
import { write } from "./output.js";
import { type SweepFlags, sweepConfig } from "./sweep-options.js";
import { choice } from "./values.js";

/** Flags of every command that runs losses. */
export interface RunFlags {
  config?: string;
  json: boolean;
  quiet: boolean;
  "no-color": boolean;
}

/** Refuses names that nothing can answer to, before anything runs. Those in a user's file are known once it is loaded. */
function checkNames(losses: readonly string[], implementations: readonly string[]): void {
  const requests = resolveLosses(losses);
  if (requests.some((request) => request.kind === "file")) return;
  const names = requests.flatMap((request) => (request.kind === "catalogue" ? [request.name] : []));
  const known = new Set(
    (names.length === 0 ? [...catalogueNames.keys()] : names).flatMap(
      (name) => catalogueNames.get(name) ?? [],
    ),
  );
  for (const name of implementations) choice("implementation", name, [...known]);
}

/** `audit sweep`: runs it, prints what comes out, and sets the exit code. */
export async function runSweep(losses: string[], flags: SweepFlags & RunFlags): Promise<void> {
  const given = sweepConfig(flags);
  const { config, folder } = await configured(given, losses, flags.config);
  if (config.losses === undefined || losses.length > 0) checkNames(losses, given.implementation ?? []);
  const progress = flags.quiet ? undefined : new Progress(process.stderr);
  const pretty = prettyReport(terminal(process.stdout, flags["no-color"]), flags);
  const report = await interruptible((signal) =>
    sweep(config, {
      folder,
      signal,
      onProgress: (done) => progress?.update(done),
      onWarning: (message) => {
        if (flags.quiet) return;
        progress?.clear();
        process.stderr.write(messageText(process.stderr, "Warning:", message));
      },
      onLoss: (summary) => {
        if (flags.json) return;
        progress?.clear();
        process.stdout.write(pretty.loss(summary));
      },
    }),
  );
  progress?.clear();
  await write(process.stdout, flags.json ? jsonText(report) : pretty.end(report));
  process.exitCode = report.exitCode;
}
