import type { Command } from "@oclif/core/command";
import { CLIError } from "@oclif/core/errors";
import { InputError } from "../inputs/input-error.js";
import { messageOf } from "../message-of.js";
import { jsonText } from "../report/json.js";
import { didYouMean } from "./did-you-mean.js";
import { messageText } from "./message-text.js";
import { write } from "./output.js";

/** What oclif's parser adds to the errors that it throws. */
interface ParseError extends CLIError {
  flags?: string[];
  /** Arguments that are missing. */
  args?: { name: string; description?: string }[];
  parse?: { input?: { flags?: Command.Class["flags"] } };
}

function parseMessage(error: ParseError, command: string): string {
  const known = Object.keys(error.parse?.input?.flags ?? {}).map((name) => `--${name}`);
  const unknown = error.flags?.[0]?.split("=")[0];
  if (unknown !== undefined && known.length > 0) {
    return `There is no flag ${unknown}. ${didYouMean(unknown, known)}See audit ${command} --help for all flags.`;
  }
  const help = `See ${["audit", command, "--help"].filter(Boolean).join(" ")}.`;
  const missing = error.args?.[0];
  // Of words too many oclif lists the words alone.
  if (missing && typeof missing !== "string") {
    const { name, description } = missing;
    return `audit ${command} needs ${name.toUpperCase()}, which was not given. ${description} ${help}`;
  }
  return `${error.message.replace("\nSee more help with --help", "").replace(/[.\s]*$/, ".")} ${help}`;
}

function message(error: unknown, command: string): { message: string; internal: boolean } {
  if (error instanceof InputError) return { message: error.message, internal: false };
  if (error instanceof CLIError) return { message: parseMessage(error, command), internal: false };
  const text = messageOf(error);
  return {
    message: `${text.replace(/[.\s]*$/, ".")} This is a fault of audit itself, not of your input: please report it, with the command that you ran.`,
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
  const stack = report.internal && process.env.DEBUG && error instanceof Error ? `${error.stack}\n` : "";
  const hint = report.internal && !stack ? " DEBUG=1 in the environment shows where it happened." : "";
  await write(process.stderr, messageText(process.stderr, "Error:", report.message + hint) + stack);
}

/** Whether JSON on stdout is asked for, by `--json` or `--report json`, known also when the flags do not parse. */
export function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  return words.some((word, i) => {
    const report = /^--report=(.*)/s.exec(word)?.[1] ?? (words[i - 1] === "--report" ? word : "");
    return word === "--json" || (!report.includes("=") && /(^|,)\s*json\s*(,|$)/.test(report));
  });
}
