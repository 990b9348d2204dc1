import { explain } from "../../src/explain/explain.js";
import type { ExplainOptions } from "../../src/explain/options.js";
import type { ExplainedKernel, ExplainedPoint } from "../../src/explain/report.js";

/** What the command does unless it is told otherwise. */
export const defaults: Omit<ExplainOptions, "loss" | "source"> = {
  comparedWith: [],
  target: "cpu",
  from: "logits",
  rtol: 1e-5,
  atol: 0,
};

/** One implementation at one point. */
export async function explainAt(
  loss: string,
  logit: number,
  label: number,
  more: Partial<ExplainOptions> & { beside?: { logit: number; label: number }; classes?: number } = {},
): Promise<ExplainedPoint> {
  const { beside, classes, ...options } = more;
  const source = { kind: "at" as const, logits: [Math.fround(logit)], labels: [label], beside, classes };
  const { points, errors } = await explain({ ...defaults, loss, source, ...options }, "0.0.0");
  if (points.length !== 1) throw new Error(`${points.length} points: ${JSON.stringify(errors)}`);
  return points[0];
}

/** The first row of a kernel in the table of a point. */
export function kernelOf(point: ExplainedPoint, kernel: string, pass = "forward"): ExplainedKernel {
  const row = point.kernels.find((one) => one.kernel === kernel && one.pass === pass);
  if (row === undefined) throw new Error(`no ${kernel} among ${point.kernels.map((one) => one.kernel)}`);
  return row;
}

export function reasonFor(point: ExplainedPoint, quantity: "value" | "gradient"): string {
  return point.reasons.find((reason) => reason.quantity === quantity)?.reason ?? "";
}
