import { type FileKind, parseJson, readText } from "../../files/read-json.js";
import { InputError } from "../../inputs/input-error.js";
import type { CorpusEntry } from "./entry.js";
import { parseEntry, REPAIR } from "./parse-entry.js";

/** The numbers of an example take some 50 bytes each. */
export const ENTRY: FileKind = { name: "an entry", largest: 16 * 2 ** 20, repair: REPAIR };

/** The entry in a file. Throws an InputError that names the file, what is wrong with it and where, and the cure. */
export async function readFileEntry(path: string): Promise<CorpusEntry> {
  return entryIn(path, await readText(path, ENTRY));
}

/** The entry that a file with this text holds. */
export function entryIn(path: string, text: string): CorpusEntry {
  const document = parseJson(path, text, ENTRY);
  try {
    return parseEntry(document);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${path}: ${error.message}`);
  }
}
