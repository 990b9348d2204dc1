import { resolveLosses } from "../losses/resolve.js";
import { thrownText } from "../losses/user-errors.js";
import { type Job, runsLoss } from "./messages.js";

/**
 * Calls `report` with what the user's code throws where nobody can catch it: in a
 * timer or a callback, or in a promise. The first only: what follows may follow
 * from it. Losses of the catalogue do no such thing; there it is our own fault, and
 * ends the process.
 */
export function strayErrors(job: Job, report: (message: string) => void): void {
  let reported = false;
  const listen = (event: "uncaughtException" | "unhandledRejection", cure: string) => {
    process.on(event, (thrown: unknown) => {
      if (!isOfUser(job)) throw thrown;
      if (!reported) report(`Its code threw asynchronously: ${thrownText(thrown)}. ${cure}`);
      reported = true;
    });
  };
  listen("uncaughtException", "Catch it inside the timer or the callback; nothing else can.");
  listen("unhandledRejection", "Await the promise, or give it a catch.");
}

function isOfUser(job: Job): boolean {
  if (!runsLoss(job)) return false;
  const loss = job.kind === "explain" ? resolveLosses([job.options.loss])[0] : job.loss;
  return loss.kind === "file";
}
