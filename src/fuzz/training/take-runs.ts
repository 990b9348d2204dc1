import { inShape } from "../../audit/prepare.js";
import type { Subject } from "../../audit/subject.js";
import { TargetFunction } from "../../evaluate/target-function.js";
import { compute, valueAt } from "../../explain/computed-point.js";
import type { Computed } from "../../targets/target.js";
import type { TrainingContext } from "./context.js";
import type { Run } from "./run.js";

/**
 * Takes training runs of one implementation to their ends, all of them a step at a time. Where n points may share a
 * call they are rows of one batch, so that a step of a thousand runs is one call of the target; else each run is a
 * call of its own. All runs start from batches of one shape. Ends early, with runs that have no end, where the
 * context does not go on.
 */
export async function takeRuns(
  runs: readonly Run[],
  subject: Subject,
  { target, goesOn, onStep }: Pick<TrainingContext, "target" | "goesOn" | "onStep">,
): Promise<void> {
  if (runs.length === 0) return;
  const own = inShape(subject, runs[0].setup.start.shape);
  const step = own.batched ? together(new TargetFunction(target, own), runs) : eachAlone;
  for (;;) {
    const active = runs.filter(({ end }) => end === undefined);
    if (active.length === 0 || !(await goesOn())) return;
    onStep(subject.name, active.length);
    await step(active);
  }

  async function eachAlone(active: readonly Run[]): Promise<void> {
    for (const run of active) {
      const computed = await compute(target, own, run.state);
      const value = valueAt(computed, undefined);
      if (value === undefined || !(computed.gradient instanceof Float32Array)) run.stop();
      else run.advance(value, computed.gradient);
    }
  }
}

function together(f: TargetFunction, runs: readonly Run[]) {
  const size = runs[0].x.length;
  const out: Computed = {
    value: new Float32Array(runs.length),
    gradient: new Float32Array(runs.length * size),
    threw: new Uint8Array(runs.length),
  };
  return async (active: readonly Run[]) => {
    const logits = new Float32Array(active.length * size);
    const labels = new Float32Array(active.length * size);
    active.forEach((run, i) => {
      logits.set(run.x, i * size);
      labels.set(run.setup.start.labels, i * size);
    });
    await f.evaluate(logits, labels, active.length, out);
    active.forEach((run, i) => {
      if (out.threw[i] !== 0) run.stop();
      else run.advance(out.value[i], out.gradient.subarray(i * size, (i + 1) * size));
    });
  };
}
