import { basename, dirname, extname } from "node:path";
import { typedPath } from "../cli/typed-path.js";
import { parseJson, readText } from "../files/read-json.js";
import { InputError } from "../inputs/input-error.js";
import { checkConfig } from "./check.js";
import type { Config } from "./config.js";
import { findConfig, MANIFEST } from "./find.js";
import { importConfig } from "./import.js";

export interface LoadedConfig {
  config: Config;
  /** Its file, as the user would write it; undefined without one. */
  file?: string;
  /** Absolute: what paths in it are relative to. */
  folder: string;
}

const KIND = {
  name: "a configuration",
  largest: 16 * 2 ** 20,
  repair: "Correct it, or make a new one with audit init.",
};

/**
 * The configuration in a file, or else the nearest one from the working folder upwards;
 * an empty one where there is none. Throws an InputError with what is wrong in it.
 */
export async function loadConfig(path?: string): Promise<LoadedConfig> {
  if (path?.trim() === "") throw new InputError(`The configuration is a file, but "${path}" was given.`);
  const file = path ?? findConfig();
  if (file === undefined) return { config: {}, folder: typedPath(".") };
  return { config: checkConfig(await contentOf(file), file), file, folder: dirname(typedPath(file)) };
}

async function contentOf(file: string): Promise<unknown> {
  const text = await readText(file, KIND);
  if ([".ts", ".mts", ".js", ".mjs"].includes(extname(file))) return importConfig(file, text);
  if (extname(file) !== ".json") {
    throw new InputError(`${file} is no configuration: its name ends in .ts, .mts, .js, .mjs or .json.`);
  }
  const document = parseJson(file, text, KIND);
  if (basename(file) !== MANIFEST) return document;
  const isObject = typeof document === "object" && document !== null;
  if (isObject && "audit" in document) return document.audit;
  throw new InputError(`${file} has no key "audit". Add it, or name another file.`);
}
