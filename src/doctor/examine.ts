import { opsNamed } from "../ops/catalogue.js";
import { measureOp } from "../ops/measure.js";
import { loadPrecisions } from "../oracle/oracle.js";
import { sweepDefaults } from "../sweep/defaults.js";
import { sweepLoss } from "../sweep/sweep-loss.js";
import { loadTarget } from "../targets/targets.js";
import { loadTfjs } from "../targets/tfjs.js";
import { measureFacts } from "./facts.js";
import type { Examination } from "./report.js";

/** What losses are made of. */
export const EXAMINED = ["exp", "expm1", "log", "log1p", "sigmoid", "softplus", "tanh"];
const POINTS = 8192;
const SWEPT = { loss: "softplus", points: 2001 };

/** Loads a target and measures it. Throws an InputError that says why it is missing and what to do. */
export async function examine(name: string): Promise<Examination> {
  const target = await loadTarget(name);
  const examined = { description: target.description };
  try {
    const tf = await loadTfjs();
    const precisions = await loadPrecisions();
    const facts = await measureFacts(tf, target);
    const ops = [];
    for (const op of opsNamed(EXAMINED)) ops.push(...(await measureOp(tf, target, precisions, op, POINTS)));
    await target.close();
    return { ...examined, facts, ops, sweepSeconds: await smallSweep(name) };
  } finally {
    await target.close();
  }
}

async function smallSweep(target: string): Promise<number> {
  const start = performance.now();
  await sweepLoss(
    { argument: SWEPT.loss, kind: "catalogue", name: SWEPT.loss },
    target,
    { ...sweepDefaults, targets: [target], points: SWEPT.points },
    [],
    { onStep: () => {}, isStopped: () => false },
  );
  return (performance.now() - start) / 1000;
}
