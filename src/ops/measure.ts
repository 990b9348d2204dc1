import type { Quantity } from "../judge/finding.js";
import { jsonNumber } from "../judge/number.js";
import { ExactFunction } from "../oracle/exact-function.js";
import type { Precisions } from "../oracle/oracle.js";
import type { Target } from "../targets/target.js";
import type { Tfjs } from "../targets/tfjs.js";
import { computeOp, type OpOutputs } from "./compute.js";
import { exactPoints } from "./exact-points.js";
import { opInputs } from "./inputs.js";
import { type Judged, judgeGradient, judgeValue } from "./judge.js";
import { type Op, sizeOf } from "./op.js";
import type { OpResult, SpecialPoint } from "./report.js";
import { specialGradients, specialInputs, specialValues } from "./special.js";

/** Measures value and gradient of one op on a target, at about so many points. */
export async function measureOp(
  tf: Tfjs,
  target: Target,
  precisions: Precisions,
  op: Op,
  points: number,
): Promise<[value: OpResult, gradient: OpResult]> {
  const shape = op.row === undefined ? [1] : [1, sizeOf(op)];
  const exact = new ExactFunction(tf, op.f(tf), shape, () => undefined);
  const flushes = target.description.subnormals === "flushed";
  const inputs = opInputs(op, points);
  const computed = await computeOp(tf, target, op, inputs);
  const special = specialInputs(op);
  const atSpecial = await computeOp(tf, target, op, special);
  const truth = exactPoints(exact, precisions, inputs);
  const value = judgeValue(op, inputs, truth, computed.value, flushes);
  const gradient = judgeGradient(op, inputs, truth, computed.gradient, flushes);
  const row = (quantity: Quantity, judged: Judged, of: SpecialPoint[]): OpResult =>
    resultOf(op, quantity, target.description.name, judged, of, computed[quantity]);
  return [
    row("value", value, op.isSwapped ? [] : specialValues(op, special, atSpecial.value)),
    row("gradient", gradient, specialGradients(op, special, atSpecial.gradient, exact, precisions)),
  ];
}

function resultOf(
  { name, form }: Op,
  quantity: Quantity,
  target: string,
  { tally, unresolved, flushed, special: found }: Judged,
  special: SpecialPoint[],
  computed: OpOutputs[Quantity],
): OpResult {
  const median = tally.median();
  return {
    op: name,
    form,
    quantity,
    target,
    worst: tally.worst(quantity),
    median: median === undefined ? null : jsonNumber(median),
    points: tally.points,
    unresolved,
    flushed,
    special: [...special, ...found],
    ...(typeof computed === "string" && { throws: computed }),
  };
}
