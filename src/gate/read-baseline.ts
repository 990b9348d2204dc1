import { existsSync } from "node:fs";
import { typedPath } from "../cli/typed-path.js";
import { type FileKind, parseJson, readText } from "../files/read-json.js";
import { InputError } from "../inputs/input-error.js";
import type { Baseline } from "./baseline.js";
import { parseBaseline } from "./parse-baseline.js";

const REPAIR =
  "Restore it from version control, or delete it and accept the present state with audit gate --update.";
const KIND: FileKind = { name: "a baseline", largest: 64 * 2 ** 20, repair: REPAIR };

/** A baseline with the text of its file. */
export interface StoredBaseline {
  baseline: Baseline;
  text: string;
}

/** The baseline in a file; undefined where there is no such file. Throws an InputError that names it and what is wrong. */
export async function readBaseline(path: string): Promise<StoredBaseline | undefined> {
  if (!existsSync(typedPath(path))) return undefined;
  const text = await readText(path, KIND);
  return { baseline: baselineIn(path, text), text };
}

/** The baseline that a file with this text holds. */
export function baselineIn(path: string, text: string): Baseline {
  const document = parseJson(path, text.replace(/^\uFEFF/, ""), KIND);
  try {
    return parseBaseline(document);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      `${path} is no baseline that can be used: ${error.message.replace(/\.?$/, ".")} ${REPAIR}`,
    );
  }
}
