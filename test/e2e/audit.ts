import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const command = `${root}bin/run.js`;

if (!existsSync(`${root}dist`)) throw new Error("These tests run the built command: npm run build first.");

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

function run(file: string, args: string[], { env, onOutput, onStart }: RunOptions = {}): Promise<Outcome> {
  // oclif is stricter with its own commands where NODE_ENV is not production.
  const { FORCE_COLOR, NO_COLOR, DEBUG, NODE_ENV, ...inherited } = process.env;
  // Anywhere but in the checkout, whose package.json an installed command must not need.
  const cwd = tmpdir();
  const child = spawn(file, args, {
    cwd,
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
  return run(process.execPath, [command, ...args], options);
}

/** Runs a pipe of bash in which `$AUDIT` is the command. The exit code is that of its first part. */
export function bash(pipe: string): Promise<Outcome> {
  return run("bash", ["-c", `${pipe}; exit "\${PIPESTATUS[0]}"`]);
}
