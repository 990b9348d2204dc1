import { messageOf } from "../message-of.js";
import type { Program } from "../program/program.js";
import { type Batch, record } from "../program/record.js";
import type { Target } from "../targets/target.js";
import type { Tfjs } from "../targets/tfjs.js";
import type { OpInputs } from "./inputs.js";
import type { Op } from "./op.js";

/** The most numbers in one tensor. */
const CHUNK = 65_536;

/** What a target gave for the points of an op; in the place of numbers, why there are none. */
export interface OpOutputs {
  value: Float32Array | string;
  gradient: Float32Array | string;
}

/** What tfjs throws is a result too. */
function recorded(tf: Tfjs, op: Op, batch: Batch): Program | string {
  try {
    return record(tf, op.f(tf), batch);
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * Runs an op on a target, value and gradient: the kernels that tfjs ran for it,
 * in its order, so that it works on every target alike. All chunks have one
 * shape; the last one begins earlier and repeats points.
 */
export async function computeOp(tf: Tfjs, target: Target, op: Op, inputs: OpInputs): Promise<OpOutputs> {
  const { n, size, x, c } = inputs;
  const rows = Math.min(n, Math.floor(CHUNK / size));
  const shape = op.row === undefined ? [rows] : [rows, size];
  const first = { shape, logits: x.subarray(0, rows * size), labels: c.subarray(0, rows * size) };
  const program = recorded(tf, op, first);
  if (typeof program === "string") return { value: program, gradient: program };
  const value = new Float32Array(n);
  const gradient = new Float32Array(n * size);
  let noValue: string | undefined;
  let noGradient = program.gradientError;
  for (let start = 0; start < n && noValue === undefined; start += rows) {
    const from = Math.min(start, n - rows);
    const range = [from * size, (from + rows) * size] as const;
    const { values, stopped } = await target.replay(program, x.subarray(...range), c.subarray(...range));
    const values_ = values[program.value];
    if (values_ === undefined) noValue = stopped;
    else value.set(values_, from);
    const gradients = program.gradient === undefined ? undefined : values[program.gradient];
    if (gradients !== undefined) gradient.set(gradients, from * size);
    else noGradient ??= stopped;
  }
  return { value: noValue ?? value, gradient: noValue ?? noGradient ?? gradient };
}
