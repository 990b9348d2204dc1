import { Worker } from "node:worker_threads";
import { TargetLostError } from "../targets/target-lost.js";
import { loadTfjs } from "../targets/tfjs.js";
import { faultOf } from "./faults.js";
import type { Job, ToChild, ToParent } from "./messages.js";
import { strayErrors } from "./stray-errors.js";
import { Surroundings } from "./surroundings.js";
import { work } from "./work.js";

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
    const onNews = (news: unknown) => send({ type: "news", news });
    outcome = { type: "result", result: await work(job, { onStep, onNews, isStopped: () => stopped }) };
  } catch (error) {
    if (error instanceof TargetLostError) return { type: "spoiled", message: error.message };
    outcome = { type: "error", ...faultOf(error) };
    if (outcome.expected) return outcome;
  }
  const message = surroundings.spoiled();
  return message ? { type: "spoiled", message } : outcome;
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
