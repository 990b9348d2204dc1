import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Job, ToChild, ToParent } from "./messages.js";

/** Seconds that a loss has to hand over what it has when the sweep is stopped. */
const GRACE = 10;

/** Who runs on which target, and how much is done, 0 to 1. */
export type OnStep = (implementation: string, target: string, done: number) => void;

/** An implementation that ended its process or did not come back. */
export interface Casualty {
  /** Empty when it was the loading of the file. */
  implementation: string;
  target: string;
  message: string;
}

/** How one process ended. */
type Outcome =
  | { type: "result"; result: unknown }
  | { type: "error"; message: string }
  | ({ type: "died" } & Casualty)
  | { type: "aborted" };

export interface Supervised<Result> {
  /** Undefined when there is none: after an error, a loading that died, or an abort. */
  result?: Result;
  /** Why there is no result, where that is nobody's crash. */
  error?: string;
  casualties: Casualty[];
}

/**
 * Runs a job in a process of its own. When an implementation brings that down
 * or hangs, it is a casualty, and the job runs again without it. On abort the
 * job is asked to end with what it has.
 */
export async function supervise<Result>(
  job: (skip: string[]) => Job,
  timeout: number,
  onStep: OnStep,
  signal?: AbortSignal,
): Promise<Supervised<Result>> {
  const casualties: Casualty[] = [];
  for (;;) {
    const skip = casualties.map(({ implementation }) => implementation);
    const outcome = await run(job(skip), timeout, onStep, signal);
    if (outcome.type === "result") return { result: outcome.result as Result, casualties };
    if (outcome.type === "error") return { error: outcome.message, casualties };
    if (outcome.type === "aborted") return { casualties };
    const { implementation, target, message } = outcome;
    casualties.push({ implementation, target, message });
    if (!implementation) return { casualties }; // it never came to an implementation
  }
}

function run(job: Job, timeout: number, onStep: OnStep, signal: AbortSignal | undefined): Promise<Outcome> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve({ type: "aborted" });
    const child = start();
    let current = { implementation: "", target: "" };
    let outcome: Outcome | undefined;
    let timer: NodeJS.Timeout;
    const end = (with_: Outcome) => {
      outcome ??= with_;
      child.kill("SIGKILL");
    };
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(
        () => end({ type: "died", ...current, message: hung(current.implementation, timeout) }),
        timeout * 1000,
      );
    };
    const abort = () => {
      child.send({ type: "stop" } satisfies ToChild);
      setTimeout(() => end({ type: "aborted" }), GRACE * 1000).unref();
    };
    signal?.addEventListener("abort", abort);
    watch();

    child.on("message", (message: ToParent) => {
      watch();
      if (message.type === "step") {
        current = { implementation: message.implementation, target: message.target };
        onStep(message.implementation, message.target, message.done);
      } else if (message.type === "result") outcome ??= message;
      else outcome ??= { type: "error", message: explainError(message) };
    });
    child.on("error", (error) =>
      end({ type: "error", message: `No process could be started: ${error.message}` }),
    );
    child.on("close", (code, killedBy) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      resolve(outcome ?? { type: "died", ...current, message: died(current.implementation, code, killedBy) });
    });
    child.send({ type: "job", job } satisfies ToChild);
  });
}

/** In source form, as in tests, the child needs the loader of TypeScript that a built tree does not. */
function start(): ChildProcess {
  const isSource = import.meta.url.endsWith(".ts");
  const child = fork(fileURLToPath(new URL(isSource ? "./child.ts" : "./child.js", import.meta.url)), [], {
    serialization: "advanced",
    execArgv: isSource ? ["--import", "tsx"] : [],
    // What a loss prints must not end up in a report on stdout.
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  child.stdout?.pipe(process.stderr, { end: false });
  // A child in the middle of a long computation would not notice that its parent is gone.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("close", () => process.removeListener("exit", kill));
  return child;
}

function hung(implementation: string, timeout: number): string {
  const who = implementation ? "It" : "Loading it";
  return (
    `${who} did not come back within ${timeout} s and was stopped. ` +
    "If it is only slow, allow it more with --timeout SECONDS; if it hangs, look for a loop that does not end for some input."
  );
}

function died(implementation: string, code: number | null, killedBy: NodeJS.Signals | null): string {
  const how = killedBy ? `was killed by ${killedBy}` : `ended with exit code ${code}`;
  const who = implementation ? "it ran" : "it was loaded";
  return (
    `The process in which ${who} ${how}: by process.exit or process.abort, by an error outside of the function ` +
    "(printed above), or for want of memory. A loss must return a tensor, or throw."
  );
}

function explainError({ message, expected, stack }: ToParent & { type: "error" }): string {
  if (expected) return message;
  const details = process.env.DEBUG ? `\n${stack}` : " Set DEBUG=1 for the stack.";
  return `audit itself failed: ${message}.${details}`;
}
