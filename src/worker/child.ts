import type { Job, ToChild, ToParent } from "./messages.js";

/**
 * The process in which the functions of one loss run: user code that hangs, leaks or ends
 * its process takes nothing else with it.
 */
// A Ctrl-C in a terminal reaches the whole group: the parent decides what is done about it.
process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit());

let stopped = false;
process.on("message", (message: ToChild) => {
  if (message.type === "stop") stopped = true;
  else {
    run(message.job).then(
      (result) => finish({ type: "result", result }),
      (error: unknown) => finish({ type: "error", ...describe(error) }),
    );
  }
});

async function run(job: Job): Promise<unknown> {
  const onStep = (implementation: string, target: string, done: number) =>
    send({ type: "step", implementation, target, done });
  if (job.kind === "sweep") {
    const { sweepLoss } = await import("../sweep/sweep-loss.js");
    return sweepLoss(job.loss, job.options, job.skip, { onStep, isStopped: () => stopped });
  }
  const { explain } = await import("../explain/explain.js");
  return explain(job.options, job.version, job.skip, onStep);
}

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
