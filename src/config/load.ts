import { basename, dirname, extname } from "node:path";
import { typedPath } from "../cli/typed-path.js";
import { parseJson, readText } from "../files/read-json.js";
import { InputError } from "../inputs/input-error.js";
import { shown } from "../losses/user-files.js";
import { checkConfig } from "./check.js";
import type { Config } from "./config.js";
import { CONFIG_NAMES, findConfig, MANIFEST } from "./find.js";
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
  const file = path === undefined ? findConfig() : typedPath(path);
  if (file === undefined) return { config: {}, folder: typedPath(".") };
  const name = path ?? shown(file);
  return { config: checkConfig(await contentOf(file, name), name), file: name, folder: dirname(file) };
}

async function contentOf(file: string, name: string): Promise<unknown> {
  const text = await readText(name, KIND);
  if (extname(file) !== ".json") {
    if (![".ts", ".mts", ".js", ".mjs"].includes(extname(file))) {
      throw new InputError(
        `${name} is no configuration: it is called ${CONFIG_NAMES.join(", ")} or ${MANIFEST}.`,
      );
    }
    return importConfig(file, name);
  }
  const document = parseJson(name, text.replace(/^\uFEFF/, ""), KIND);
  if (basename(file) !== MANIFEST) return document;
  const config = (document as { audit?: unknown } | null)?.audit;
  if (config === undefined) throw new InputError(`${name} has no key "audit". Add it, or name another file.`);
  return config;
}
