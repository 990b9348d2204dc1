import { readFileSync } from "node:fs";
import { basename, extname, relative } from "node:path";
import { typedPath } from "../cli/typed-path.js";
import { slashes } from "../files/slashes.js";
import { loadTfjs } from "../targets/tfjs.js";
import { exportLine } from "./export-line.js";
import { lossExport, lossExports } from "./load-exports.js";
import { checkLossFile } from "./load-file.js";
import { importUserFile } from "./load-import.js";
import { compareTfjs } from "./load-tfjs.js";
import type { Loss } from "./loss.js";

/** A loss from a user's file. What one point of it is, only a probe can tell. */
export interface UserLoss extends Omit<Loss, "point"> {
  /** Absolute path. */
  file: string;
  /** One sentence each: another version of tfjs, a function that is left out. */
  warnings: string[];
}

/**
 * The loss in a user's file, named after the file. Its exports that are
 * functions are the implementations, the default export first, the others in
 * the order of the file; with `exportName`, that export alone. Throws a LoadError.
 */
export async function loadLosses(path: string, exportName?: string): Promise<UserLoss> {
  const file = typedPath(path);
  checkLossFile(path, file);
  const warnings = compareTfjs(file);
  // Before the user's file: it has the gradients, which @tensorflow/tfjs-core alone does not bring.
  await loadTfjs();
  const module = await importUserFile(file);

  const text = readFileSync(file, "utf8");
  const { functions, leftOut } =
    exportName === undefined ? lossExports(path, module, text) : lossExport(path, module, text, exportName);
  const source = slashes(relative(typedPath("."), file));
  return {
    name: basename(file, extname(file)),
    summary: `The loss of ${source}.`,
    formula: `as coded in ${source}`,
    source,
    implementations: functions.map(({ name, f }) => ({
      ...{ name, formula: `${name} of ${source}`, source },
      line: { file, line: exportLine(name, text) },
      f,
    })),
    reference: functions.map(({ name }) => name),
    file,
    warnings: [...warnings, ...leftOut],
  };
}
