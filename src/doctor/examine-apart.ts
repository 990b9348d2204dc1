import { sweepDefaults } from "../sweep/defaults.js";
import { WHOLE } from "../sweep/piece.js";
import type { LossResult } from "../sweep/sweep-loss.js";
import { supervise } from "../worker/supervise.js";
import type { Examination, ExaminedTarget } from "./report.js";

const SWEPT = { loss: "softplus", points: 2001 };

/**
 * Looks at a target in a process of its own, and then sweeps a loss on it in
 * another, as a user's sweep would. A target that brings its process down, or
 * does not come back in so many seconds, does not work.
 */
export async function examineApart(name: string, timeout: number): Promise<ExaminedTarget> {
  const examination = await supervise<Examination>(
    () => ({ kind: "doctor", target: name }),
    timeout,
    () => {},
  );
  if (!examination.result) return { name, ready: false, reason: reasonOf(examination) };
  const start = performance.now();
  const sweep = await supervise<LossResult>(
    (skip) => ({
      kind: "sweep",
      loss: { argument: SWEPT.loss, kind: "catalogue", name: SWEPT.loss },
      target: name,
      options: { ...sweepDefaults, targets: [name], points: SWEPT.points, timeout },
      part: WHOLE,
      skip,
      ended: [],
    }),
    timeout,
    () => {},
  );
  if (!sweep.result || sweep.casualties.length > 0) {
    return { name, ready: false, reason: `It starts, but a small sweep fails: ${reasonOf(sweep)}` };
  }
  const sweepSeconds = (performance.now() - start) / 1000;
  return { name, ready: true, ...examination.result, sweepSeconds };
}

function reasonOf({ error, casualties }: { error?: string; casualties: { message: string }[] }): string {
  return error ?? casualties.map(({ message }) => message).join(" ");
}
