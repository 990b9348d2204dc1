import { measureOps } from "../ops/ops.js";
import type { OpsOptions } from "../ops/options.js";
import { jsonText } from "../report/json.js";
import { opsText } from "../report/ops-text.js";
import { Progress } from "../report/progress.js";
import { terminal } from "./colour.js";
import { interruptible } from "./interrupt.js";
import { write } from "./output.js";

/** `audit ops`: runs it, prints what comes out, and sets the exit code. */
export async function runOps(
  options: OpsOptions,
  output: { json: boolean; noColor: boolean },
): Promise<void> {
  const progress = new Progress(process.stderr);
  const report = await interruptible((signal) =>
    measureOps(options, {
      signal,
      onProgress: (form, target, done) => progress.update({ loss: "op", implementation: form, target, done }),
    }),
  );
  progress.clear();
  const text = output.json
    ? jsonText(report)
    : opsText(report, terminal(process.stdout, output.noColor), { all: options.ops.length > 0 });
  await write(process.stdout, text);
  process.exitCode = report.exitCode;
}
