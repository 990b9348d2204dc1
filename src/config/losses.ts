import { existsSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { typedPath } from "../cli/typed-path.js";
import { slashes } from "../files/slashes.js";
import { InputError } from "../inputs/input-error.js";
import { isFileName, splitSelection } from "../losses/resolve.js";
import type { LossConfig, LossOptions } from "./config.js";
import { isExclusion, isPattern, matchingFiles } from "./patterns.js";

/** One loss of a configuration, as it would be typed in the working folder. */
export interface ConfiguredLoss {
  argument: string;
  /** Its own options, where it has some. */
  own?: LossOptions;
}

/**
 * The losses of a configuration whose folder is given. Files and patterns are relative to that folder. Throws an
 * InputError for a pattern that matches no file, and for a loss whose options are said twice.
 */
export function configuredLosses(losses: readonly (string | LossConfig)[], folder: string): ConfiguredLoss[] {
  const exclusions = losses.filter((loss) => typeof loss === "string" && isExclusion(loss)) as string[];
  const found = losses.flatMap((given, i): ConfiguredLoss[] => {
    const { loss, ...own } = typeof given === "string" ? { loss: given } : given;
    if (isExclusion(loss)) return [];
    const hasOwn = Object.keys(own).length > 0;
    const names = expand({ loss, place: `losses[${i}]` }, folder, exclusions);
    return names.map((argument) => ({ argument, ...(hasOwn && { own }) }));
  });
  if (found.length === 0 && losses.length > 0) {
    throw new InputError("losses only takes files away: name the losses that are audited, too.");
  }
  return unique(found);
}

/**
 * Those losses that are asked for in the working folder, with the options that a configuration has for them; all of
 * its own where none is asked for.
 */
export function askedOf(configured: readonly ConfiguredLoss[], asked: readonly string[]): ConfiguredLoss[] {
  if (asked.length === 0) return [...configured];
  return asked.map((argument) => {
    const known = configured.find((loss) => holds(loss.argument, argument));
    return known?.own ? { argument, own: known.own } : { argument };
  });
}

/** Whether a loss of the configuration is all of what is asked for, or the same in other words. */
function holds(configured: string, asked: string): boolean {
  const [known, wanted] = [partOf(configured), partOf(asked)];
  return known.whole === wanted.whole && (known.name === undefined || known.name === wanted.name);
}

/** A file may be written in several ways. */
function partOf(argument: string): { whole: string; name?: string } {
  const [whole, name] = splitSelection(argument);
  return { whole: isFileName(whole) ? typedPath(whole) : whole, name };
}

/** A later entry for the same loss, such as one after a pattern, refines it; two with options contradict each other. */
function unique(found: readonly ConfiguredLoss[]): ConfiguredLoss[] {
  const losses = new Map<string, ConfiguredLoss>();
  const keyOf = ({ whole, name = "" }: { whole: string; name?: string }) => `${whole}#${name}`;
  for (const loss of found) {
    const key = keyOf(partOf(loss.argument));
    const known = losses.get(key);
    if (known?.own && loss.own) {
      throw new InputError(`losses has options for ${loss.argument} twice: put them into one entry.`);
    }
    losses.set(key, { ...loss, ...known, ...(loss.own && { own: loss.own }) });
  }
  for (const { argument, own } of losses.values()) {
    const { whole, name } = partOf(argument);
    if (own && name !== undefined && losses.has(keyOf({ whole }))) {
      throw new InputError(
        `losses has options for ${argument}, and the whole of which it is a part beside it: name each part in an ` +
          "entry of its own, or give the options to the whole.",
      );
    }
  }
  return [...losses.values()];
}

function expand(
  { loss, place }: { loss: string; place: string },
  folder: string,
  exclusions: readonly string[],
): string[] {
  const [name, selected] = splitSelection(loss);
  const suffix = selected === undefined ? "" : `#${selected}`;
  if (!isPattern(name) && !isFileName(name)) return [loss];
  // A file may have any name.
  if (!isPattern(name) || existsSync(resolve(folder, name))) return [asTyped(name, folder) + suffix];
  const files = matchingFiles(name, folder, exclusions);
  if (files.length > 0) return files.map((file) => asTyped(file, folder) + suffix);
  const hint = slashes(name).includes("\\") ? "Write / between folders." : "Correct it, or take it out.";
  throw new InputError(
    `${place}: no file that may hold a loss matches "${loss}" in ${inWords(folder)}. ${hint}`,
  );
}

function inWords(folder: string): string {
  return folder === typedPath(".") ? "this folder" : `the folder "${asTyped(".", folder)}"`;
}

/** A path that is relative to a folder, as it would be typed in the working folder. */
export function asTyped(path: string, folder: string): string {
  const here = typedPath(".");
  if (folder === here || isAbsolute(path)) return path;
  const typed = relative(here, resolve(folder, path)) || ".";
  return typed.startsWith("..") || /[\\/]/.test(typed) ? typed : `./${typed}`;
}
