import { sweepLoss } from "../sweep/sweep-loss.js";
import type { ToChild, ToParent } from "./messages.js";

/**
 * The process in which one loss is audited: user code that hangs, leaks or ends
 * its process takes nothing else with it.
 */
// A Ctrl-C in a terminal reaches the whole group: the parent decides what is done about it.
process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit());

let stopped = false;
process.on("message", (message: ToChild) => {
  if (message.type === "stop") {
    stopped = true;
    return;
  }
  sweepLoss(message.loss, message.options, message.skip, {
    onStep: (implementation, target, done) => send({ type: "step", implementation, target, done }),
    isStopped: () => stopped,
  }).then(
    (result) => finish({ type: "result", result }),
    (error: unknown) => finish({ type: "error", ...describe(error) }),
  );
});

function send(message: ToParent): void {
  process.send?.(message);
}

/** The last message: the process ends once it is on its way, whatever timers user code has left running. */
function finish(message: ToParent): void {
  process.send?.(message, () => process.disconnect());
}

function describe(error: unknown): { message: string; expected: boolean; stack?: string } {
  if (!(error instanceof Error)) return { message: String(error), expected: false };
  const expected = ["InputError", "LoadError", "LossError", "UnknownKernelError"].includes(error.name);
  return { message: error.message, expected, stack: error.stack };
}
