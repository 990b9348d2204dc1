import { opsNamed } from "../../src/ops/catalogue.js";
import { measureOp } from "../../src/ops/measure.js";
import type { OpResult } from "../../src/ops/report.js";
import { loadPrecisions } from "../../src/oracle/oracle.js";
import type { Replay, Target } from "../../src/targets/target.js";
import { loadTarget } from "../../src/targets/targets.js";
import { loadTfjs } from "../../src/targets/tfjs.js";

/** Measures all forms of an op on a target in this process: value and gradient of each, in turn. */
export async function measured(target: Target | string, op: string, points = 2048): Promise<OpResult[]> {
  const loaded = typeof target === "string" ? await loadTarget(target) : target;
  const precisions = await loadPrecisions();
  const results: OpResult[] = [];
  for (const form of opsNamed([op])) {
    results.push(...(await measureOp(await loadTfjs(), loaded, precisions, form, points)));
  }
  return results;
}

/** cpu, with something done to every number that it gives. */
export async function altered(
  change: (x: number) => number,
  description: Partial<Target["description"]> = {},
): Promise<Target> {
  const cpu = await loadTarget("cpu");
  return {
    description: { ...cpu.description, ...description },
    running: (loss) => cpu.running(loss),
    close: async () => {},
    replay: async (program, logits, labels): Promise<Replay> => {
      const { values, stopped } = await cpu.replay(program, logits, labels);
      return { values: values.map((data) => data && Float32Array.from(data, change)), stopped };
    },
  };
}

export const ulps = (result: OpResult): number => Number(result.worst?.ulps);
