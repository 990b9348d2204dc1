import { doctor } from "../doctor/doctor.js";
import { examineApart } from "../doctor/examine-apart.js";
import { doctorText } from "../report/doctor-text.js";
import { jsonText } from "../report/json.js";
import { CLEAR_LINE } from "../report/progress.js";
import { targetNames } from "../targets/names.js";
import { terminal } from "./colour.js";
import { write } from "./output.js";

/** `audit doctor`: looks at all targets, prints what comes out, and sets the exit code. */
export async function runDoctor(timeout: number, output: { json: boolean; noColor: boolean }): Promise<void> {
  const left = new Set(targetNames);
  const show = (text: string) => {
    if (process.stderr.isTTY) process.stderr.write(CLEAR_LINE + text);
  };
  const waiting = () => `Looking at ${left.size} of ${targetNames.length} targets …`;
  show(waiting());
  const report = await doctor(
    (name) => examineApart(name, timeout),
    (name) => {
      left.delete(name);
      show(waiting());
    },
  );
  show("");
  await write(
    process.stdout,
    output.json ? jsonText(report) : doctorText(report, terminal(process.stdout, output.noColor)),
  );
  process.exitCode = report.exitCode;
}
