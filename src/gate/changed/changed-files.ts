import { join, normalize } from "node:path";
import { gitOutput, topLevel } from "./git.js";

/** Files of a repository, as absolute paths in the form of `pathKey`. */
export interface ChangedFiles {
  /** The folder of the repository. */
  root: string;
  /** Those that are not as they are in a commit: other contents, new, or gone. */
  changed: ReadonlySet<string>;
  /** Those that git sees at all: of others it can't tell whether they changed. */
  seen: ReadonlySet<string>;
}

/** What differs between a commit and the working folder, committed or not, with new files that are not ignored. */
export async function changedFiles(folder: string, commit: string): Promise<ChangedFiles> {
  const root = await topLevel(folder);
  const list = async (args: readonly string[]) =>
    (await gitOutput(root, args))
      .split("\0")
      .filter((path) => path !== "")
      .map((path) => pathKey(join(root, path)));
  const [differing, others, tracked] = await Promise.all([
    list([
      "-c",
      "diff.relative=false",
      "diff",
      "--name-only",
      "-z",
      "--no-renames",
      "--no-ext-diff",
      commit,
      "--",
    ]),
    list(["ls-files", "-z", "--others", "--exclude-standard"]),
    list(["ls-files", "-z"]),
  ]);
  return { root, changed: new Set([...differing, ...others]), seen: new Set([...tracked, ...others]) };
}

/** A path to compare by: some file systems write one letter in two ways. */
export function pathKey(path: string): string {
  return normalize(path).normalize("NFC");
}
