import { relative } from "node:path";
import { slashes } from "../../files/slashes.js";
import type { Baseline } from "../baseline.js";
import { parseId } from "../finding-id.js";
import { baselineIn } from "../read-baseline.js";
import { git } from "./git.js";

/**
 * The losses of which a baseline says something else than in a commit; undefined where that had none that can be read,
 * so that it may be any loss.
 */
export async function changedEntries(
  now: Baseline,
  file: string,
  { root, commit }: { root: string; commit: string },
): Promise<Set<string> | undefined> {
  const path = slashes(relative(root, file));
  const { exitCode, stdout } = await git(root, ["show", `${commit}:${path}`]);
  if (exitCode !== 0) return undefined;
  try {
    return differing(linesOf(baselineIn(path, stdout)), linesOf(now));
  } catch {
    return undefined;
  }
}

/** What a baseline says, each with its loss. */
function linesOf({ audited, findings }: Baseline): Map<string, string> {
  return new Map([
    ...Object.entries(audited).map(
      ([name, ways]) =>
        [JSON.stringify([name, ways]), name.slice(0, Math.max(0, name.lastIndexOf("#")))] as const,
    ),
    ...findings.map((finding) => [JSON.stringify(finding), parseId(finding.id).loss] as const),
  ]);
}

function differing(a: Map<string, string>, b: Map<string, string>): Set<string> {
  const only = (some: Map<string, string>, others: Map<string, string>) =>
    [...some].filter(([line]) => !others.has(line)).map(([, loss]) => loss);
  return new Set([...only(a, b), ...only(b, a)]);
}
