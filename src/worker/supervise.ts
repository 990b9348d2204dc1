import { clearInterval, clearTimeout, setInterval, setTimeout } from "node:timers"; // what fake timers of a test leave alone
import { environmentOf } from "../targets/environment.js";
import { ending, hung } from "./endings.js";
import { faultText } from "./faults.js";
import { isHere, runHere } from "./here.js";
import { type Job, runsLoss, type ToChild, type ToParent } from "./messages.js";
import { endProcess, startProcess } from "./process.js";

/** Seconds that a loss has to hand over what it has when the sweep is stopped, and to end once it is done. */
const GRACE = 10;

/** Time is counted in parts of the timeout, so that one in which this process was stopped (Ctrl-Z) counts little. */
const TICKS = 20;

/** Who runs on which target, and how much is done, 0 to 1. */
export type OnStep = (implementation: string, target: string, done: number) => void;

/** What went wrong with the process of a job: an implementation that ended it, spoiled it or did not come back. */
export interface Casualty {
  /** Undefined when it was the loading of the file, or when there is no telling whose code it was. */
  implementation?: string;
  target?: string;
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
 * Runs a job in a process of its own; one of functions that only this process has in this one. When an implementation brings that down
 * or hangs, it is a casualty, and the job runs again without it. What the user's
 * code throws asynchronously is one too, but keeps nothing from running. On abort
 * the job is asked to end with what it has. `onNews` gets what the job tells before its end.
 */
export async function supervise<Result>(
  job: (skip: string[]) => Job,
  timeout: number,
  onStep: OnStep,
  signal?: AbortSignal,
  onNews: (news: unknown) => void = () => {},
): Promise<Supervised<Result>> {
  const casualties: Casualty[] = [];
  let stray: Casualty | undefined;
  const onStray = (message: string) => {
    stray ??= { message };
  };
  const ended = (rest: Pick<Supervised<Result>, "result" | "error">) => ({
    ...rest,
    casualties: stray ? [stray, ...casualties] : casualties,
  });
  for (;;) {
    const skip = casualties.map(({ implementation }) => implementation as string);
    const asked = job(skip);
    if (isHere(asked)) return runHere<Result>(asked, onStep, onNews, signal);
    const outcome = await run(asked, timeout, { onStep, onStray, onNews }, signal);
    if (outcome.type === "result") return ended({ result: outcome.result as Result });
    if (outcome.type === "error") return ended({ error: outcome.message });
    if (outcome.type === "aborted") return ended({});
    const { type, ...casualty } = outcome;
    casualties.push(casualty);
    if (!casualty.implementation) return ended({}); // it never came to an implementation
  }
}

interface Listeners {
  onStep: OnStep;
  /** What user code threw asynchronously. */
  onStray(message: string): void;
  onNews(news: unknown): void;
}

function run(
  job: Job,
  timeout: number,
  { onStep, onStray, onNews }: Listeners,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve({ type: "aborted" });
    const { child, ranOutOfMemory } = startProcess(environmentOf(targetOf(job)));
    let current: Omit<Casualty, "message"> = {};
    let outcome: Outcome | undefined;
    let silent = 0;
    const end = (with_: Outcome) => {
      outcome ??= with_;
      endProcess(child);
    };
    const clock = setInterval(
      () => {
        silent += 1;
        if (silent > TICKS) end({ type: "died", ...current, message: hung(current.implementation, timeout) });
      },
      (timeout * 1000) / TICKS,
    );
    let grace: NodeJS.Timeout | undefined;
    const endSoon = (with_: Outcome) => {
      clearTimeout(grace);
      grace = setTimeout(() => end(with_), GRACE * 1000);
    };
    const tell = (message: ToChild) => {
      if (child.connected) child.send(message);
    };
    const abort = () => {
      tell({ type: "stop" });
      endSoon({ type: "aborted" });
    };
    signal?.addEventListener("abort", abort);

    child.on("message", (message: ToParent) => {
      silent = 0;
      switch (message.type) {
        case "step": {
          const { implementation, target, done } = message;
          current = { implementation, target };
          return onStep(implementation, target, done);
        }
        case "threw":
          return onStray(message.message);
        case "news":
          return onNews(message.news);
        case "spoiled":
          return end({ type: "died", ...current, message: message.message });
        default:
          outcome ??= message.type === "result" ? message : { type: "error", message: faultText(message) };
          endSoon(outcome);
      }
    });
    child.on("error", (error) =>
      end({ type: "error", message: `No process could be started: ${error.message}` }),
    );
    child.on("close", (code, killedBy) => {
      clearInterval(clock);
      clearTimeout(grace);
      signal?.removeEventListener("abort", abort);
      if (signal?.aborted) outcome ??= { type: "aborted" };
      const message = ending(current.implementation, code, killedBy, ranOutOfMemory(), runsLoss(job));
      resolve(outcome ?? { type: "died", ...current, message });
    });
    tell({ type: "job", job });
  });
}

function targetOf(job: Job): string {
  return job.kind === "explain" ? job.options.target : job.target;
}
