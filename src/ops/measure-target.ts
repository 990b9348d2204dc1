import { loadPrecisions } from "../oracle/oracle.js";
import { loadTarget } from "../targets/targets.js";
import { loadTfjs } from "../targets/tfjs.js";
import { opsNamed } from "./catalogue.js";
import { measureOp } from "./measure.js";
import type { OpsOptions } from "./options.js";
import type { OpResult, TargetOps } from "./report.js";

export interface MeasureHooks {
  /** Called before each op: its form, and how much is done, 0 to 1. */
  onStep(form: string, target: string, done: number): void;
  /** Whether to end with what there is. */
  isStopped(): boolean;
}

/** Measures ops on one target. `skip` has the forms that brought an earlier process down. */
export async function measureTarget(
  name: string,
  options: OpsOptions,
  skip: readonly string[],
  { onStep, isStopped }: MeasureHooks,
): Promise<TargetOps> {
  const target = await loadTarget(name);
  try {
    const tf = await loadTfjs();
    const precisions = await loadPrecisions();
    const ops = opsNamed(options.ops).filter(({ form }) => !skip.includes(form));
    const results: OpResult[] = [];
    for (const [i, op] of ops.entries()) {
      await new Promise((resolve) => setImmediate(resolve)); // lets a message in that stops this
      if (isStopped()) break;
      onStep(op.form, name, i / ops.length);
      results.push(...(await measureOp(tf, target, precisions, op, options.points)));
    }
    return { target: target.description, ops: results };
  } finally {
    await target.close();
  }
}
