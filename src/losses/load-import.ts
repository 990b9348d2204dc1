import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { createJiti } from "jiti";
import { replacedBuiltin } from "./load-builtins.js";
import { LoadError } from "./load-error.js";
import { shareTfjs, tfjsFolders } from "./load-tfjs.js";
import { missingImport } from "./missing-import.js";
import { thrownText } from "./user-errors.js";
import { shown } from "./user-files.js";

/**
 * The exports of a user's module. TypeScript is compiled in memory, line for
 * line, so that stacks show the user's lines; the `paths` of the project's
 * tsconfig.json hold; tfjs is ours, whichever package it is imported as.
 */
export async function importUserFile(file: string): Promise<Record<string, unknown>> {
  shareTfjs();
  const jiti = createJiti(file, { fsCache: false, tsconfigPaths: true, alias: tfjsFolders() });
  const evaluate = async (async: boolean) =>
    (await jiti.evalModule(readFileSync(file, "utf8"), {
      filename: file,
      ext: extname(file),
      forceTranspile: true,
      async,
    })) as Record<string, unknown>;
  // Not async at first: jiti then compiles all ES modules of the project, and gives them our tfjs, where
  // otherwise it would leave some of them to Node.
  const loading = evaluate(false).catch((error: unknown) => {
    if (error instanceof SyntaxError && error.message.startsWith("await is only valid"))
      return evaluate(true);
    throw error;
  });
  const outcome = await loading.then(
    (module) => ({ module }),
    (thrown: unknown) => ({ thrown }),
  );
  const replaced = replacedBuiltin();
  if (replaced) throw new LoadError(`${shown(file)} ${replaced}`);
  if ("thrown" in outcome) throw new LoadError(importFault(file, outcome.thrown));
  return outcome.module;
}

/** Why a module of the user could not be imported, in one sentence or two. */
export function importFault(file: string, error: unknown): string {
  const message = error instanceof Error ? error.message : "";

  const [, problem, where, line, column] = message.match(/^ParseError: (.*?)\s*\n (.*):(\d+):(\d+)$/s) ?? [];
  if (problem !== undefined) {
    return `${shown(where)}:${line}:${Number(column) + 1} does not parse: ${problem.replace(/\.$/, "")}.`;
  }

  const [, missing] = message.match(/^Cannot find (?:module|package) '([^']+)'/) ?? [];
  if (missing !== undefined) {
    const importer = message.match(/^- (.*)$/m)?.[1] ?? file;
    return missingImport(shown(importer), missing);
  }

  return `${shown(file)} throws when it is imported: ${thrownText(error)}`;
}
