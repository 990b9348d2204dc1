import { readFile, stat } from "node:fs/promises";
import { typedPath } from "../cli/typed-path.js";
import { InputError } from "../inputs/input-error.js";
import { fileError } from "./file-error.js";
import { jsonFault } from "./json-fault.js";

/** What is said of a file that can't be read. */
export interface FileKind {
  /** With its article: "an entry", "a baseline". */
  name: string;
  /** The most bytes that one has. */
  largest: number;
  /** What to do about a corrupt one, a sentence. */
  repair: string;
}

/** The text of a file that is no larger than one of its kind. Throws an InputError with the path and the reason. */
export async function readText(path: string, { name, largest, repair }: FileKind): Promise<string> {
  try {
    const file = await stat(typedPath(path));
    if (file.isDirectory()) throw new InputError(`${path}: it is a folder, not a file.`);
    if (!file.isFile()) throw new InputError(`${path}: it is no regular file.`);
    if (file.size > largest) {
      const size = (file.size / 2 ** 20).toFixed(1);
      throw new InputError(`${path}: it has ${size} MiB, ${name} at most ${largest / 2 ** 20}. ${repair}`);
    }
    return decode(path, await readFile(typedPath(path)), repair);
  } catch (error) {
    throw fileError(path, error);
  }
}

function decode(path: string, bytes: Uint8Array, repair: string): string {
  if (bytes.length === 0) throw new InputError(`${path}: it is empty. ${repair}`);
  try {
    if (!bytes.includes(0)) return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // No UTF-8 either.
  }
  throw new InputError(`${path}: it is no text in UTF-8. ${repair}`);
}

/** The document in the text of a file. Throws an InputError that names the line of what is no JSON, or of a conflict of git. */
export function parseJson(path: string, text: string, { repair }: FileKind): unknown {
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
    throw new InputError(`${path}: ${what}, in line ${lineAt(text, fault)}. ${repair}`);
  }
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}
