import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { typedPath } from "../../cli/typed-path.js";
import { InputError } from "../../inputs/input-error.js";
import type { StoredEntry } from "./entry.js";
import { folderError } from "./folder-error.js";
import { readFileEntry } from "./read-file.js";

export interface Corpus {
  /** In the order of the names of their files. */
  entries: StoredEntry[];
  /** One for each file that is no entry, and was passed over. */
  warnings: string[];
}

/**
 * All that a corpus holds: its `*.json` files, links to such files among them.
 * Hidden files, what a writer that was killed left behind and folders inside it
 * are none of its entries. A folder that is absent is an empty corpus; one that
 * can't be read is an InputError. No file is changed.
 */
export async function readCorpus(folder: string): Promise<Corpus> {
  const corpus: Corpus = { entries: [], warnings: [] };
  for (const name of await entryFiles(folder)) {
    const file = join(folder, name);
    try {
      corpus.entries.push({ file, entry: await readFileEntry(file) });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      corpus.warnings.push(`${error.message} It was passed over.`);
    }
  }
  return corpus;
}

async function entryFiles(folder: string): Promise<string[]> {
  try {
    const items = await readdir(typedPath(folder), { withFileTypes: true });
    return items
      .filter((item) => item.name.endsWith(".json") && !item.name.startsWith(".") && !item.isDirectory())
      .map((item) => item.name)
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw folderError(folder, "read", error);
  }
}
