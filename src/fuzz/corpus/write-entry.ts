import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { typedPath } from "../../cli/typed-path.js";
import { readText } from "../../files/read-json.js";
import { withTemporary } from "../../files/temporary.js";
import { InputError } from "../../inputs/input-error.js";
import type { CorpusEntry } from "./entry.js";
import { entryText } from "./entry-text.js";
import { fileNameOf } from "./file-name.js";
import { folderError } from "./folder-error.js";
import { ENTRY, entryIn } from "./read-file.js";

/**
 * Keeps an entry, in the place of an earlier one of the same id, and returns the
 * path of its file. The folder is made where it is missing; the file is the old
 * or the new one at every moment, and stays untouched where it holds the same.
 *
 * Throws an InputError where the folder can't be written, the entry is larger
 * than a file may be, or the place of the file is taken by something that is not
 * an entry of this id, which is left as it is.
 */
export async function writeEntry(folder: string, entry: CorpusEntry): Promise<string> {
  const file = join(folder, fileNameOf(entry.id));
  const text = entryText(entry);
  if (Buffer.byteLength(text) > ENTRY.largest) {
    throw new InputError(
      `The failure ${entry.id} is not kept: a file of the corpus has at most ${ENTRY.largest / 2 ** 20} MiB, ` +
        `and its example has ${entry.example.logits.length} logits.`,
    );
  }
  if (await holds(file, entry.id, text)) return file;
  try {
    await withTemporary(typedPath(folder), text, (path) => rename(path, typedPath(file)));
  } catch (error) {
    throw folderError(folder, "written", error);
  }
  return file;
}

/** Whether the file holds this text; false where it holds another entry of the id, or does not exist. */
async function holds(file: string, id: string, text: string): Promise<boolean> {
  if (!existsSync(typedPath(file))) return false;
  try {
    const existing = await readText(file, ENTRY);
    if (existing === text) return true;
    const other = entryIn(file, existing).id;
    if (other !== id) throw new InputError(`${file}: it holds the failure ${other}. Rename it.`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${error.message} Until then the failure ${id} is not kept.`);
  }
  return false;
}
