import { isBuiltin } from "node:module";
import { resolve } from "node:path";
import { typedPath } from "../../cli/typed-path.js";
import { InputError } from "../../inputs/input-error.js";
import { LoadError } from "../../losses/load-error.js";
import { missingImport } from "../../losses/missing-import.js";
import { shown } from "../../losses/user-files.js";
import { messageOf } from "../../message-of.js";

/** What esbuild says of one error. */
interface Message {
  text: string;
  location: { file: string; line: number; column: number } | null;
}

/** Why a user's file does not become a script of a page, from what esbuild threw. */
export function explainBundling(error: unknown): InputError {
  const [first] = (error as { errors?: Message[] }).errors ?? [];
  if (first?.location == null) {
    const [reason] = messageOf(error).split("\n");
    return new InputError(
      `A page needs esbuild, which does not run here: ${reason.replace(/\.$/, "")}. Run "npm install esbuild".`,
    );
  }
  const { text, location } = first;
  const place = `${shown(resolve(typedPath("."), location.file))}:${location.line}`;
  const [, specifier] = text.match(/^Could not resolve "(.+)"$/) ?? [];
  if (specifier === undefined) {
    return new LoadError(`${place}:${location.column + 1} can't be bundled for a page: ${text}.`);
  }
  if (!isBuiltin(specifier)) return new LoadError(missingImport(place, specifier));
  return new LoadError(
    `${place} imports "${specifier}", which only Node has, so it can't run in a page. ` +
      "Move the loss into a file without that import, or audit it on a target in Node: cpu, wasm, tensorflow or webgpu.",
  );
}
