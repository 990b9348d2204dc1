import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const command = `${root}bin/run.js`;

export interface Outcome {
  stdout: string;
  stderr: string;
  exitCode: number | null;
}

export interface RunOptions {
  env?: Record<string, string>;
  /** Called with all that a stream has given so far, to send a signal at the right moment. */
  onOutput?(text: string, child: ChildProcess): void;
  onStart?(child: ChildProcess): void;
}

/** Where the commands run: anywhere but in the checkout, whose package.json an installed command must not need. */
export const folder = mkdtempSync(join(tmpdir(), "audit-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file of a user's in this folder; gives its path as it may be typed there. */
export function userFile(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return `./${name}`;
}

/** Runs a program in this folder, with `AUDIT` in its environment for the command, and without a terminal. */
export function runProgram(
  file: string,
  args: string[],
  { env, onOutput, onStart }: RunOptions = {},
): Promise<Outcome> {
  // oclif is stricter with its own commands where NODE_ENV is not production.
  const { FORCE_COLOR, NO_COLOR, COLORTERM, CI, DEBUG, NODE_ENV, ...inherited } = process.env;
  const child = spawn(file, args, {
    cwd: folder,
    env: { ...inherited, AUDIT: `${process.execPath} ${command}`, ...env },
  });
  onStart?.(child);
  const text = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (chunk: string) => {
      text[stream] += chunk;
      onOutput?.(text[stream], child);
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ ...text, exitCode }));
  });
}

/** Runs the installed command in a process of its own, without a terminal. */
export function audit(args: string[], options?: RunOptions): Promise<Outcome> {
  return runProgram(process.execPath, [command, ...args], options);
}

/** Runs a pipe of bash in which `$AUDIT` is the command. The exit code is that of its first part. */
export function bash(pipe: string): Promise<Outcome> {
  return runProgram("bash", ["-c", `${pipe}; exit "\${PIPESTATUS[0]}"`]);
}

/**
 * Runs a line of bash in which `$AUDIT` is the command, on a terminal of 80
 * columns. What it shows there is in stdout.
 */
export function onTerminal(line: string, options: RunOptions = {}): Promise<Outcome> {
  const sized = `stty cols 80; ${line}`;
  const args =
    process.platform === "linux" ? ["-qec", sized, "/dev/null"] : ["-q", "/dev/null", "bash", "-c", sized];
  return runProgram("script", args, {
    ...options,
    env: { TERM: "xterm", SHELL: "/bin/bash", ...options.env },
  });
}
