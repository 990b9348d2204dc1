import type { AuditedLoss } from "../audit/subject.js";
import { replayOf, shellWord } from "../sweep/replay.js";
import type { Case } from "./case.js";
import type { FuzzOptions } from "./options.js";

/** The command that shows a failing input: one logit is typed, others are read from the corpus. */
export function replayOfCase(
  loss: AuditedLoss,
  implementation: string,
  target: string,
  options: FuzzOptions,
  { logits, labels }: Case,
): string {
  if (loss.point !== "element" || Number.isNaN(logits[0])) return "";
  return replayOf(loss, implementation, target, options, logits[0], labels[0], "");
}

/** The command that replays an entry of the corpus. */
export function replayOfFile(file: string): string {
  return `audit fuzz --replay=${shellWord(file)}`;
}
