import { explain } from "../../src/explain/explain.js";
import type { ExplainedKernel, ExplainedPoint } from "../../src/explain/report.js";

/** One implementation at one point. */
export async function explainAt(
  loss: string,
  logit: number,
  label: number,
  more: { target?: string; beside?: { logit: number; label: number }; classes?: number } = {},
): Promise<ExplainedPoint> {
  const { target = "cpu", ...rest } = more;
  const source = { kind: "at" as const, logits: [Math.fround(logit)], labels: [label], ...rest };
  const { points, errors } = await explain({ loss, source, target, from: "logits" }, "0.0.0");
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
