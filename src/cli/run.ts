import "./help-colour.js"; // before oclif
import type { LoadOptions } from "@oclif/core/interfaces";
import { run as runOclif } from "@oclif/core/run";
import { exitOnBrokenPipe, exitWhenWritten } from "./output.js";
import { reportError, wantsJson } from "./report-error.js";

/** Runs the command line of this process and ends it. */
export async function run(options: LoadOptions): Promise<void> {
  exitOnBrokenPipe();
  const argv = process.argv.slice(2);
  const failed = (error: unknown) => reportError(error, { command: "", json: wantsJson(argv) });
  // Node itself would end with 1, which is the code of a gate that found something.
  process.on("uncaughtException", (error) => failed(error).then(exitWhenWritten));
  try {
    // `audit help sweep`, as git has it.
    await runOclif(argv[0] === "help" ? [...argv.slice(1, 2), "--help"] : argv, options);
  } catch (error) {
    await failed(error);
  }
  await exitWhenWritten();
}
