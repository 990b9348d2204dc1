import { record } from "../program/record.js";
import type { Target } from "./target.js";
import { loadTfjs } from "./tfjs.js";

const SUBNORMAL = 2 ** -140;

/** Whether a target keeps float32 numbers below 2^-126, or takes them, or gives them, as 0. */
export async function measureSubnormals(target: Target): Promise<"kept" | "flushed"> {
  const batch = { shape: [1], logits: Float32Array.of(2 * SUBNORMAL), labels: Float32Array.of(0) };
  const program = record(await loadTfjs(), (x) => x.mul(0.5), batch);
  const { values } = await target.replay(program, batch.logits, batch.labels);
  return values[program.value]?.[0] === SUBNORMAL ? "kept" : "flushed";
}
