import { execFileSync } from "node:child_process";
import { parse } from "@oclif/core/parser";
import Explain from "../../commands/explain.js";
import { explainConfig } from "../../src/cli/explain-options.js";
import { explainOptionsOf } from "../../src/explain/config-options.js";
import { explain } from "../../src/explain/explain.js";
import type { Comparison, ExplainedPoint } from "../../src/explain/report.js";
import type { Finding } from "../../src/judge/finding.js";

/** What the replay command of a finding shows, read as a shell and the command line read it. */
export async function replayed({ replay }: Finding): Promise<ExplainedPoint> {
  const words = execFileSync("bash", ["-c", `printf '%s\\0' ${replay}`], { encoding: "utf8" });
  const [audit, command, ...argv] = words.split("\0").slice(0, -1);
  if (audit !== "audit" || command !== "explain") throw new Error(`no replay command: ${replay}`);
  const { args, flags } = await parse(argv, { args: Explain.args, flags: Explain.flags });
  const options = await explainOptionsOf(explainConfig(args.loss, flags), process.cwd());
  const { points, errors } = await explain(options, "0.0.0");
  if (points.length !== 1) throw new Error(`${points.length} points: ${replay} ${JSON.stringify(errors)}`);
  return points[0];
}

/** The comparison that a finding is about; the component of a row that is worst is the last of its index. */
export function comparisonOf({ quantity, worst }: Finding, point: ExplainedPoint): Comparison {
  if (quantity === "value") return point.value;
  const component = point.index === undefined ? worst.index?.at(-1) : undefined;
  return component === undefined ? point.gradient : (point.gradients?.[component] ?? point.gradient);
}
