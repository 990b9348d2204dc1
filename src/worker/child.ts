import { Worker } from "node:worker_threads";
import { TargetLostError } from "../targets/target-lost.js";
import { loadTfjs } from "../targets/tfjs.js";
import type { Job, ToChild, ToParent } from "./messages.js";
import { strayErrors } from "./stray-errors.js";
import { Surroundings } from "./surroundings.js";

/**
 * The process in which the functions of one loss run: user code that hangs, leaks or ends
 * its process takes nothing else with it.
 */

// Taken before user code can replace them; it must not write to the parent, nor leave it.
const send = process.send?.bind(process) as (message: ToParent, sent?: () => void) => void;
process.send = undefined;
process.disconnect = () => {};
const writers = [process.stdout, process.stderr].map((stream) => stream.write.bind(stream));
const later = setImmediate;
// On POSIX the whole group: also what user code has started.
const end = process.kill.bind(process, process.platform === "win32" ? process.pid : -process.pid, "SIGKILL");

endWithParent();
// When nobody reads any more what user code prints, that is no error of it.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

let stopped = false;
process.on("message", (message: ToChild) => {
  if (message.type === "stop") stopped = true;
  else {
    strayErrors(message.job, (thrown) => send({ type: "threw", message: thrown }));
    run(message.job).then(finish);
  }
});

/** The thread sees that the parent is gone also while user code keeps this one busy. */
function endWithParent(): void {
  process.on("disconnect", end);
  const watch = `
    const end = () => process.kill(${process.platform === "win32" ? "" : "-"}${process.pid}, "SIGKILL");
    setInterval(() => { if (process.ppid !== ${process.ppid}) end(); }, 500);
  `;
  new Worker(watch, { eval: true, execArgv: [] }).unref();
}

async function run(job: Job): Promise<ToParent> {
  const surroundings = new Surroundings(await loadTfjs());
  const onStep = (implementation: string, target: string, done: number) => {
    const message = surroundings.spoiled();
    if (message) send({ type: "spoiled", message });
    send({ type: "step", implementation, target, done });
  };
  let outcome: ToParent;
  try {
    outcome = { type: "result", result: await work(job, onStep) };
  } catch (error) {
    if (error instanceof TargetLostError) return { type: "spoiled", message: error.message };
    outcome = { type: "error", ...describe(error) };
    if (outcome.expected) return outcome;
  }
  const message = surroundings.spoiled();
  return message ? { type: "spoiled", message } : outcome;
}

type OnStep = (implementation: string, target: string, done: number) => void;

async function work(job: Job, onStep: OnStep): Promise<unknown> {
  if (job.kind === "sweep") {
    const { sweepLoss } = await import("../sweep/sweep-loss.js");
    return sweepLoss(job.loss, job.target, job.options, job.skip, { onStep, isStopped: () => stopped });
  }
  if (job.kind === "fuzz") {
    const { fuzzLoss } = await import("../fuzz/fuzz-loss.js");
    return fuzzLoss(job, {
      onStep: (implementation) => onStep(implementation, job.target, 0),
      onNews: (news) => send({ type: "news", news }),
      isStopped: () => stopped,
    });
  }
  if (job.kind === "target") {
    const { loadTarget } = await import("../targets/targets.js");
    const target = await loadTarget(job.target);
    await target.close();
    return target.description;
  }
  if (job.kind === "ops") {
    const { measureTarget } = await import("../ops/measure-target.js");
    return measureTarget(job.target, job.options, job.skip, { onStep, isStopped: () => stopped });
  }
  if (job.kind === "doctor") {
    const { examine } = await import("../doctor/examine.js");
    return examine(job.target);
  }
  const { explain } = await import("../explain/explain.js");
  return explain(job.options, job.version, job.skip, onStep);
}

/**
 * Sends the last message, a turn of the event loop later, in which what the last
 * call left behind may throw. The process ends once all that it wrote is on its
 * way, whatever timers and exit handlers user code has left.
 */
function finish(message: ToParent): void {
  later(() =>
    send(message, () => {
      let open = writers.length;
      for (const write of writers) {
        write("", () => {
          open -= 1;
          if (open === 0) end();
        });
      }
    }),
  );
}

function describe(error: unknown): { message: string; expected: boolean; stack?: string } {
  if (!(error instanceof Error)) return { message: String(error), expected: false };
  const expected = ["InputError", "LoadError", "LossError", "UnknownKernelError"].includes(error.name);
  return { message: error.message, expected, stack: error.stack };
}
