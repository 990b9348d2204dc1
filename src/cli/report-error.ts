import type { Command } from "@oclif/core/command";
import { CLIError } from "@oclif/core/errors";
import { InputError } from "../inputs/input-error.js";
import { jsonText } from "../report/json.js";
import { terminal } from "./colour.js";
import { didYouMean } from "./did-you-mean.js";
import { write } from "./output.js";

/** What oclif's parser adds to the errors that it throws. */
interface ParseError extends CLIError {
  flags?: string[];
  parse?: { input?: { flags?: Command.Class["flags"] } };
}

function parseMessage(error: ParseError, command: string): string {
  const known = Object.keys(error.parse?.input?.flags ?? {}).map((name) => `--${name}`);
  const unknown = error.flags?.[0]?.split("=")[0];
  if (unknown !== undefined && known.length > 0) {
    return `There is no flag ${unknown}. ${didYouMean(unknown, known)}See audit ${command} --help for all flags.`;
  }
  const text = error.message.replace("\nSee more help with --help", "").replace(/[.\s]*$/, ".");
  return `${text} See ${["audit", command, "--help"].filter(Boolean).join(" ")}.`;
}

function message(error: unknown, command: string): { message: string; internal: boolean } {
  if (error instanceof InputError) return { message: error.message, internal: false };
  if (error instanceof CLIError) return { message: parseMessage(error, command), internal: false };
  const text = error instanceof Error ? error.message : String(error);
  return {
    message: `${text}. This is a fault of audit itself, not of your input: please report it, with the command that you ran.`,
    internal: true,
  };
}

/**
 * Says what went wrong, on stderr, or on stdout as JSON when JSON was asked
 * for, and sets the exit code 2 of everything that is neither a clean run nor
 * a finding.
 */
export async function reportError(
  error: unknown,
  context: { command: string; json: boolean },
): Promise<void> {
  const report = message(error, context.command);
  process.exitCode = 2;
  if (context.json) {
    await write(
      process.stdout,
      jsonText({
        schema: 1,
        command: context.command || undefined,
        error: { message: report.message },
        exitCode: 2,
      }),
    );
    return;
  }
  const { colour } = terminal(process.stderr);
  await write(process.stderr, `${colour.red("Error:")} ${report.message}\n`);
  if (!report.internal) return;
  const stack = error instanceof Error ? error.stack : undefined;
  await write(
    process.stderr,
    process.env.DEBUG ? `${stack}\n` : "DEBUG=1 in the environment shows where it happened.\n",
  );
}

/** Whether `--json` is among the flags, known also when the flags do not parse. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return (end === -1 ? argv : argv.slice(0, end)).includes("--json");
}
