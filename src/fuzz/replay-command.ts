import type { AuditedLoss } from "../audit/subject.js";
import { formatFloat32 } from "../inputs/float32.js";
import { replayOf, shellWord } from "../sweep/replay.js";
import type { Case } from "./case.js";
import { fuzzDefaults as defaults } from "./defaults.js";
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

/** The command that searches again as far as a finding; none for functions, which no command can name. */
export function replayOfSearch(
  { argument, handedOver }: AuditedLoss,
  target: string,
  options: FuzzOptions,
): string {
  if (handedOver) return "";
  const { seed, runs, range, labelRange, special, from, rtol, atol } = options;
  const isUsual = range.join() === defaults.range.join();
  return [
    `audit fuzz ${shellWord(argument)} --target=${target} --seed=${seed} --runs=${runs}`,
    ...(isUsual ? [] : [`--range=${range.map(formatFloat32).join()}`]),
    ...(labelRange ? [`--label-range=${labelRange.map(formatFloat32).join()}`] : []),
    ...(special.length > 0 ? [`--special=${special.join()}`] : []),
    ...(from === defaults.from ? [] : [`--from=${from}`]),
    ...(rtol === defaults.rtol ? [] : [`--rtol=${rtol}`]),
    ...(atol === defaults.atol ? [] : [`--atol=${atol}`]),
  ].join(" ");
}
