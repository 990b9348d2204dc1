import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { didYouMean } from "../../cli/did-you-mean.js";
import { typedPath } from "../../cli/typed-path.js";
import { InputError } from "../../inputs/input-error.js";
import type { StoredEntry } from "./entry.js";
import { fileNameOf } from "./file-name.js";
import { readCorpus } from "./read-corpus.js";
import { readFileEntry } from "./read-file.js";

/** How many ids a message lists. */
const LISTED = 10;

/**
 * The entry that a user names: the path of its file, wherever that is, or its id
 * in the corpus. Throws an InputError where there is none, or it is corrupt.
 */
export async function readEntry(fileOrId: string, folder: string): Promise<StoredEntry> {
  if (isFile(fileOrId)) return { file: fileOrId, entry: await readFileEntry(fileOrId) };
  const named = join(folder, fileNameOf(fileOrId));
  if (existsSync(typedPath(named))) {
    const entry = await readFileEntry(named);
    if (entry.id === fileOrId) return { file: named, entry };
  }
  const { entries } = await readCorpus(folder);
  return entries.find(({ entry }) => entry.id === fileOrId) ?? refuse(fileOrId, folder, entries);
}

function isFile(path: string): boolean {
  return existsSync(typedPath(path)) && !statSync(typedPath(path)).isDirectory();
}

function refuse(fileOrId: string, folder: string, entries: StoredEntry[]): never {
  const given = `There is no file "${fileOrId}", and no failure of this id in the corpus ${folder}`;
  if (entries.length === 0) {
    throw new InputError(
      `${given}, which has none that can be read: name another with --corpus, or run audit fuzz first.`,
    );
  }
  const known = [...entries.map(({ entry }) => entry.id), ...entries.map(({ file }) => file)];
  const ids = known.slice(0, Math.min(LISTED, entries.length)).join(", ");
  const more = entries.length > LISTED ? ` and ${entries.length - LISTED} more` : "";
  throw new InputError(`${given}. ${didYouMean(fileOrId, known)}It has ${ids}${more}.`);
}
