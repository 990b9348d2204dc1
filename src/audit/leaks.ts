import type { AuditError } from "../report/report.js";
import type { AuditedLoss } from "./subject.js";

/** What is said of implementations that leave tensors behind. */
export function leakErrors({ name: loss, subjects }: AuditedLoss, target: string): AuditError[] {
  return subjects
    .filter(({ leaks }) => leaks > 0)
    .map(({ name: implementation, leaks }) => ({
      loss,
      implementation,
      target,
      message:
        `Each call leaves ${leaks} tensor${leaks === 1 ? "" : "s"} behind: training would run out of memory. ` +
        "Dispose of what tf.keep or tf.variable holds; all else tf.tidy frees.",
    }));
}
