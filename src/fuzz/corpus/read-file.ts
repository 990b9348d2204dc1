import { readFile, stat } from "node:fs/promises";
import { typedPath } from "../../cli/typed-path.js";
import { fileError } from "../../inputs/file-error.js";
import { InputError } from "../../inputs/input-error.js";
import type { CorpusEntry } from "./entry.js";
import { jsonFault } from "./json-fault.js";
import { parseEntry, REPAIR } from "./parse-entry.js";

/** Of a file, in bytes: the numbers of an example take some 50 each. */
export const LARGEST = 16 * 2 ** 20;

/** The entry in a file. Throws an InputError that names the file, what is wrong with it and where, and the cure. */
export async function readFileEntry(path: string): Promise<CorpusEntry> {
  return entryIn(path, await readText(path));
}

/** The entry that a file with this text holds. */
export function entryIn(path: string, text: string): CorpusEntry {
  const document = parseJson(path, text);
  try {
    return parseEntry(document);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${path}: ${error.message}`);
  }
}

/** The text of a file that is small enough for an entry. */
export async function readText(path: string): Promise<string> {
  try {
    const file = await stat(typedPath(path));
    if (file.isDirectory()) throw new InputError(`${path}: it is a folder, not a file.`);
    if (!file.isFile()) throw new InputError(`${path}: it is no regular file.`);
    if (file.size > LARGEST) {
      const size = (file.size / 2 ** 20).toFixed(1);
      throw new InputError(`${path}: it has ${size} MiB, an entry at most ${LARGEST / 2 ** 20}. ${REPAIR}`);
    }
    return decode(path, await readFile(typedPath(path)));
  } catch (error) {
    throw fileError(path, error);
  }
}

function decode(path: string, bytes: Uint8Array): string {
  if (bytes.length === 0) throw new InputError(`${path}: it is empty. ${REPAIR}`);
  try {
    if (!bytes.includes(0)) return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // No UTF-8 either.
  }
  throw new InputError(`${path}: it is no text in UTF-8. ${REPAIR}`);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const conflict = text.search(/^<{7}( |\r?$)/m);
    if (conflict >= 0) {
      const place = lineAt(text, conflict);
      throw new InputError(
        `${path}: it has a merge conflict of git in line ${place}. Keep one of its sides.`,
      );
    }
    const fault = jsonFault(text);
    const what = fault === text.length ? "it ends too early" : "it is not JSON";
    throw new InputError(`${path}: ${what}, in line ${lineAt(text, fault)}. ${REPAIR}`);
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}
