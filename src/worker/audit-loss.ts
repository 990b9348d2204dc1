import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ResolvedLoss } from "../losses/resolve.js";
import type { AuditError } from "../report/report.js";
import type { SweepOptions } from "../sweep/options.js";
import type { LossResult } from "../sweep/sweep-loss.js";
import type { Job, ToChild, ToParent } from "./messages.js";

/** Seconds that a loss has to hand over what it has when the sweep is stopped. */
const GRACE = 10;

/** How one process ended. */
type Outcome =
  | { type: "result"; result: LossResult }
  | { type: "error"; message: string }
  /** While `implementation` ran, the process ended or had to be ended. */
  | { type: "died"; implementation: string; target: string; message: string }
  | { type: "aborted" };

/**
 * Audits a loss in a process of its own. When an implementation brings it down
 * or hangs, that is an error of this implementation, and the others are audited
 * in another process. On abort a loss that is under way ends with what it has;
 * undefined where that is nothing.
 */
export async function auditLoss(
  loss: ResolvedLoss,
  options: SweepOptions,
  onStep: (implementation: string, target: string, done: number) => void,
  signal: AbortSignal | undefined,
): Promise<{ result?: LossResult; errors: AuditError[] } | undefined> {
  const errors: AuditError[] = [];
  const skip: string[] = [];
  for (;;) {
    const outcome = await run({ loss, options, skip }, options.timeout, onStep, signal);
    switch (outcome.type) {
      case "aborted":
        return errors.length > 0 ? { errors } : undefined;
      case "result":
        return { result: outcome.result, errors };
      case "error":
        return { errors: [...errors, { loss: loss.argument, message: outcome.message }] };
      case "died": {
        const { implementation, target, message } = outcome;
        errors.push({ loss: loss.argument, ...(implementation && { implementation }), target, message });
        if (!implementation) return { errors }; // it never came to an implementation
        skip.push(implementation);
      }
    }
  }
}

function run(
  job: Job,
  timeout: number,
  onStep: (implementation: string, target: string, done: number) => void,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
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
    child.send({ type: "job", ...job } satisfies ToChild);
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
  return `The process in which ${who} ${how}. A loss must not call process.exit or process.abort, nor run out of memory.`;
}

function explainError({ message, expected, stack }: ToParent & { type: "error" }): string {
  if (expected) return message;
  const details = process.env.DEBUG ? `\n${stack}` : " Set DEBUG=1 for the stack.";
  return `audit itself failed: ${message}.${details}`;
}
