import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { typedPath } from "../cli/typed-path.js";

/** On POSIX a child has a group of its own. */
const HAS_GROUPS = process.platform !== "win32";

/** How the pages begin that Node prints about itself when it aborts. */
const DUMP = /<--- Last few GCs --->|FATAL ERROR: |----- Native stack trace -----/;

const running = new Set<ChildProcess>();

export interface JobProcess {
  child: ChildProcess;
  ranOutOfMemory(): boolean;
}

/**
 * Starts the process of a job, in a group of its own: what a terminal, a shell or
 * `timeout` sends to ours does not reach it, so that it can hand over what it
 * has, and what user code starts ends with it. It ends when ours ends, in
 * whatever way that comes about. `environment` is added to ours.
 */
export function startProcess(environment: Record<string, string>): JobProcess {
  // In source form, as in tests, the child needs the loader of TypeScript that a built tree does not.
  const isSource = import.meta.url.endsWith(".ts");
  const child = fork(fileURLToPath(new URL(isSource ? "./child.ts" : "./child.js", import.meta.url)), [], {
    serialization: "advanced",
    execArgv: isSource ? ["--import", "tsx"] : [],
    cwd: typedPath("."), // what was typed is relative to it, wherever this process has gone since
    env: { ...process.env, ...environment },
    detached: HAS_GROUPS,
    // What a loss prints must not end up in a report on stdout: it goes to our stderr.
    stdio: ["ignore", 2, "pipe", "ipc"],
  });
  if (running.size === 0) listen("on");
  running.add(child);
  child.once("exit", () => endProcess(child)); // and what user code has started
  for (const event of ["exit", "close"]) {
    child.once(event, () => {
      if (running.delete(child) && running.size === 0) listen("off");
    });
  }

  let dump = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    const at = dump ? 0 : text.search(DUMP);
    process.stderr.write(at < 0 ? text : text.slice(0, at).trimEnd());
    if (at >= 0) dump += text.slice(at);
  });
  // One that did not abort has printed such words of its own accord.
  child.once("close", (_, killedBy) => killedBy === "SIGKILL" && process.stderr.write(dump));
  return { child, ranOutOfMemory: () => dump.includes("out of memory") };
}

/** Ends the process at once, with all that it has started. */
export function endProcess(child: ChildProcess): void {
  if (running.has(child)) signal(child, "SIGKILL");
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (!HAS_GROUPS || child.pid === undefined) child.kill(name);
  else {
    try {
      process.kill(-child.pid, name);
    } catch {
      // Nothing of the group is left.
    }
  }
}

/** Ctrl-Z and its end do not reach the children's groups by themselves. */
function listen(method: "on" | "off"): void {
  process[method]("exit", endAll);
  if (!HAS_GROUPS) return;
  process[method]("SIGTSTP", suspend);
  process[method]("SIGCONT", resume);
}

function endAll(): void {
  for (const child of running) signal(child, "SIGKILL");
}

function suspend(): void {
  for (const child of running) signal(child, "SIGSTOP");
  process.kill(process.pid, "SIGSTOP");
}

function resume(): void {
  for (const child of running) signal(child, "SIGCONT");
}
