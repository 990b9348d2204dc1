import type { ExplainConfig } from "../explain/config.js";
import { explain } from "../index.js";
import { explainText } from "../report/explain-text.js";
import { jsonText } from "../report/json.js";
import { terminal } from "./colour.js";
import { interruptible } from "./interrupt.js";
import { write } from "./output.js";

/** `audit explain`: runs it, prints what comes out, and sets the exit code. */
export async function runExplain(
  config: ExplainConfig,
  output: { json: boolean; noColor: boolean },
): Promise<void> {
  const report = await interruptible((signal) => explain(config, { signal }));
  const text = output.json ? jsonText(report) : explainText(report, terminal(process.stdout, output.noColor));
  await write(process.stdout, text);
  process.exitCode = report.exitCode;
}
