import { getHeapStatistics } from "node:v8";

/** Why a process that gave no sign of life was ended. */
export function hung(implementation: string | undefined, timeout: number): string {
  const who = implementation ? "It" : "Loading it";
  return (
    `${who} did not come back within ${timeout} s and was stopped. ` +
    "If it is only slow, allow it more with --timeout SECONDS; if it hangs, look for a loop that does not end for some input."
  );
}

/** How a process ended by itself, and what brings that about. */
export function ending(
  implementation: string | undefined,
  code: number | null,
  killedBy: NodeJS.Signals | null,
  ranOutOfMemory: boolean,
  isUserCode: boolean,
): string {
  const it = `The process in which it ${implementation ? "ran" : "was loaded"}`;
  if (ranOutOfMemory) {
    const limit = Math.round(getHeapStatistics().heap_size_limit / 2 ** 20).toLocaleString("en-US");
    return (
      `${it} ran out of memory: JavaScript's heap may have ${limit} MB. Look for arrays that grow without end; ` +
      "NODE_OPTIONS=--max-old-space-size=MEGABYTES allows more."
    );
  }
  const rule = isUserCode ? " A loss must return a tensor, or throw." : "";
  if (killedBy === null) return `${it} ended with exit code ${code}, as by process.exit.${rule}`;
  return `${it} was killed by ${killedBy}: ${CAUSES[killedBy] ?? "a signal from outside."}${rule}`;
}

const CRASH = "a crash of native code.";
const CAUSES: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: "process.abort, or a crash of native code.",
  SIGKILL: "process.kill, or the system for want of memory.",
  SIGSEGV: CRASH,
  SIGBUS: CRASH,
  SIGILL: CRASH,
  SIGTRAP: CRASH,
};
