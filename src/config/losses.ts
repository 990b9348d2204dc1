import { existsSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { globSync, isDynamicPattern } from "tinyglobby";
import { typedPath } from "../cli/typed-path.js";
import { InputError } from "../inputs/input-error.js";
import { isFileName, splitSelection } from "../losses/resolve.js";
import type { LossConfig, LossOptions } from "./config.js";

/** One loss of a configuration, as it would be typed in the working folder. */
export interface ConfiguredLoss {
  argument: string;
  /** Its own options, where it has some. */
  own?: LossOptions;
}

/**
 * The losses of a configuration whose folder is given. Files and globs are relative to that folder. Throws an
 * InputError for one that matches no file, and for a loss whose options are said twice.
 */
export function configuredLosses(losses: readonly (string | LossConfig)[], folder: string): ConfiguredLoss[] {
  const found = losses.flatMap((given, i): ConfiguredLoss[] => {
    const { loss, ...own } = typeof given === "string" ? { loss: given } : given;
    const names = expand(loss, folder, `losses[${i}]`);
    return names.map((argument) => (typeof given === "string" ? { argument } : { argument, own }));
  });
  return unique(found);
}

/**
 * Those losses that are asked for in the working folder, with the options that a configuration has for them; all of
 * its own where none is asked for.
 */
export function askedOf(configured: readonly ConfiguredLoss[], asked: readonly string[]): ConfiguredLoss[] {
  if (asked.length === 0) return [...configured];
  return asked.map((argument) => {
    const known = configured.find((loss) => loss.argument === argument || holds(loss.argument, argument));
    return known?.own ? { argument, own: known.own } : { argument };
  });
}

/** Whether a loss of the configuration is all of what is asked for, or the same in other words. */
function holds(configured: string, asked: string): boolean {
  const [name, selected] = splitSelection(configured);
  const [other, wanted] = splitSelection(asked);
  const isSame = isFileName(name) ? typedPath(name) === typedPath(other) : name === other;
  return isSame && (selected === undefined || selected === wanted);
}

/** A later entry for the same loss, such as one after a glob, refines it; two with options contradict each other. */
function unique(found: readonly ConfiguredLoss[]): ConfiguredLoss[] {
  const losses = new Map<string, ConfiguredLoss>();
  for (const loss of found) {
    const known = losses.get(loss.argument);
    if (known?.own && loss.own) {
      throw new InputError(
        `The configuration has options for ${loss.argument} twice: put them into one entry of losses.`,
      );
    }
    losses.set(loss.argument, loss.own ? loss : (known ?? loss));
  }
  return [...losses.values()];
}

function expand(loss: string, folder: string, place: string): string[] {
  const [name, selected] = splitSelection(loss);
  const suffix = selected === undefined ? "" : `#${selected}`;
  if (!isFileName(name) && !isDynamicPattern(name)) return [loss];
  if (existsSync(resolve(folder, name))) return [asTyped(name, folder) + suffix];
  const pattern = name.split(sep).join("/");
  const files = isDynamicPattern(pattern)
    ? globSync(pattern, {
        cwd: folder,
        ignore: ["**/node_modules/**", "**/*.d.ts"],
        expandDirectories: false,
      })
    : [];
  if (files.length === 0) {
    throw new InputError(
      `The configuration's ${place}, "${loss}", matches no file in ${asTyped(".", folder)}. Correct it or take it out.`,
    );
  }
  return files.sort().map((file) => asTyped(file, folder) + suffix);
}

/** A path that is relative to a folder, as it would be typed in the working folder. */
export function asTyped(path: string, folder: string): string {
  const here = typedPath(".");
  if (folder === here || isAbsolute(path)) return path;
  const typed = relative(here, resolve(folder, path)) || ".";
  return typed.startsWith("..") || /[\\/]/.test(typed) ? typed : `./${typed}`;
}
