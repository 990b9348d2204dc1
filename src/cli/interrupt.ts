import { setTimeout as delay } from "node:timers/promises";
import { HANG_UP, hangUp } from "./output.js";

/** The exit codes of a shell for a process that the signal ended. */
const exitCodes = { SIGHUP: HANG_UP, SIGINT: 130, SIGTERM: 143 } as const;

type Interrupt = keyof typeof exitCodes;

/**
 * A Ctrl-C under `npx` comes twice, from the terminal and from npm, and nobody
 * presses it twice within this time, in milliseconds.
 */
const ONE_PRESS = 200;

/**
 * Runs `task` with a signal that aborts at the first Ctrl-C, SIGTERM or SIGHUP,
 * so that it can hand over what is done, in a report with the exit code of that. The second one
 * ends the process at once, and so does a SIGHUP when the report would go to the
 * terminal that is gone.
 */
export async function interruptible<R extends { interrupted: boolean; exitCode: number }>(
  task: (signal: AbortSignal) => Promise<R>,
): Promise<R> {
  const controller = new AbortController();
  let first = 0;
  const sinceFirst = () => performance.now() - first;
  const interrupt = (name: Interrupt) => {
    if (name === "SIGHUP" && (process.stdout.isTTY || controller.signal.aborted)) {
      hangUp();
    } else if (!controller.signal.aborted) {
      first = performance.now();
      controller.abort(name);
    } else if (sinceFirst() > ONE_PRESS) {
      process.exit(exitCodes[name]);
    }
  };
  const names = Object.keys(exitCodes) as Interrupt[];
  for (const name of names) process.on(name, interrupt);
  try {
    const report = await task(controller.signal);
    if (!report.interrupted) return report;
    return { ...report, exitCode: exitCodes[controller.signal.reason as Interrupt] };
  } finally {
    if (controller.signal.aborted) await delay(ONE_PRESS - sinceFirst());
    for (const name of names) process.off(name, interrupt);
  }
}
