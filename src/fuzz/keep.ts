import { typedPath } from "../cli/typed-path.js";
import type { ResolvedLoss } from "../losses/resolve.js";
import type { StoredEntry } from "./corpus/entry.js";
import { entryOf } from "./corpus/entry-of.js";
import { writeEntry } from "./corpus/write-entry.js";
import type { FuzzOptions } from "./options.js";
import { replayOfFile } from "./replay-command.js";
import type { FuzzFinding } from "./report.js";

/**
 * Keeps an error or a warning in the corpus, and gives it a command that replays it from there where it has none. One of
 * a function is not kept: nothing that reads the corpus could run it.
 */
export async function keep(
  finding: FuzzFinding,
  loss: ResolvedLoss,
  options: FuzzOptions,
): Promise<FuzzFinding> {
  if (finding.severity === "note" || loss.kind === "function") return finding;
  const { from, rtol, atol, corpus } = options;
  const file =
    finding.file ??
    (await writeEntry(
      corpus,
      entryOf(finding, {
        ...{ argument: loss.argument, from, rtol, atol, index: positionOf(finding) },
        ...{ with: finding.with, parameters: finding.parameters },
      }),
    ));
  return { ...finding, file, replay: finding.replay || replayOfFile(file) };
}

/** Where the worst logit lies, in row-major order. */
function positionOf({ worst, example }: FuzzFinding): number {
  return (worst.index ?? []).reduce((at, i, axis) => at * example.shape[axis] + i, 0);
}

/** The failures of a corpus that are those of a loss on a target. */
export function entriesOf(
  entries: readonly StoredEntry[],
  loss: ResolvedLoss,
  target: string,
  options: FuzzOptions,
): StoredEntry[] {
  if (loss.kind === "function") return [];
  const isOf = (name: string) =>
    loss.kind === "file" ? typedPath(name) === typedPath(loss.path) : name === loss.name;
  const one = loss.kind === "file" ? loss.export : loss.implementation;
  const asked = one === undefined ? options.implementations : [one];
  return entries.filter(
    ({ entry }) =>
      isOf(entry.loss) &&
      entry.target === target &&
      entry.from === options.from &&
      (asked.length === 0 || asked.includes(entry.implementation)),
  );
}
