import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, extname, relative } from "node:path";
import { typedPath } from "../../cli/typed-path.js";
import { slashes } from "../../files/slashes.js";
import { readFileEntry } from "../../fuzz/corpus/read-file.js";
import { isBelow, touchedFolders } from "./ambient.js";
import { type ChangedFiles, pathKey } from "./changed-files.js";
import { type ModuleGraph, moduleGraph, stemOf } from "./module-graph.js";

/** What a loss is audited with; all paths are as typed. */
export interface LossFiles {
  /** As in the options. */
  argument: string;
  /** Its file, where it is a user's, and other code and data that it is run with. */
  files: readonly string[];
  /** The folder of the failures that are tried again; undefined where it is not searched. */
  corpus?: string;
}

export interface ChangedLosses {
  /** Their arguments. */
  changed: string[];
  /** Why all of them are there, where that is not a matter of their own files. */
  everything?: string;
}

/**
 * The losses that may not be what they were in a commit. Too many rather than too few: also those of which git can't
 * tell, and those that may depend on more than their text shows. A change of the configuration, or of what all of its
 * folder is run with, concerns every loss.
 */
export async function changedLosses(
  losses: readonly LossFiles[],
  project: { folder: string; config?: string },
  files: ChangedFiles,
): Promise<ChangedLosses> {
  const touched = touchedFolders(files.changed);
  const [reason] = [
    ...reasonsOf(moduleGraph(project.config ? [typedPath(project.config)] : []), files, touched),
    ...(isBelow(pathKey(realpathSync(project.folder)), touched) ? [MACHINERY] : []),
  ];
  if (reason !== undefined) return { changed: losses.map(({ argument }) => argument), everything: reason };
  const changed: string[] = [];
  for (const loss of losses) {
    const graph = moduleGraph(loss.files.map(typedPath));
    const isChanged = reasonsOf(graph, files, touched).length > 0 || (await hasNewFailures(loss, files));
    if (isChanged) changed.push(loss.argument);
  }
  return { changed };
}

const MACHINERY = "packages, or the settings of the compiler or of Node, have changed";

/** Why what depends on some files may have changed. */
function reasonsOf(
  graph: ModuleGraph,
  { changed, seen, root }: ChangedFiles,
  touched: ReadonlySet<string>,
): string[] {
  const name = (path: string) => slashes(relative(root, path));
  const files = [...graph.files];
  // A folder on the way that is a link, or a repository of its own, is one file to git.
  const other = [...graph.paths, ...files].filter((path) => isBelow(path, changed));
  // What is gone may have been imported in the place of what is there now.
  const gone = [...changed].filter((path) => graph.stems.has(stemOf(path)));
  return [
    ...[...other, ...gone].map((path) => `${name(path)} has changed`),
    ...files.filter((path) => !seen.has(path)).map((path) => `git does not see ${basename(path)}`),
    ...(graph.opaque === undefined ? [] : [graph.opaque]),
    ...(files.some((path) => isBelow(dirname(path), touched)) ? [MACHINERY] : []),
  ];
}

/** Whether failures of a loss have come into the corpus, or have left it. */
async function hasNewFailures(
  { files, corpus, argument }: LossFiles,
  { changed }: ChangedFiles,
): Promise<boolean> {
  if (corpus === undefined) return false;
  const folder = existsSync(typedPath(corpus)) ? realpathSync(typedPath(corpus)) : typedPath(corpus);
  const name = basename(files[0] ?? argument.split("#")[0]);
  for (const path of changed) {
    if (dirname(path) !== pathKey(folder) || extname(path) !== ".json") continue;
    const entry = await readFileEntry(path).catch(() => undefined);
    if (entry === undefined || basename(entry.loss) === name) return true;
  }
  return false;
}
