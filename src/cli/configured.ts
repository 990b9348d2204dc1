import { isAbsolute, relative } from "node:path";
import type { Config, LossConfig } from "../config/config.js";
import { type LoadedConfig, loadConfig } from "../config/load.js";
import { askedOf, configuredLosses } from "../config/losses.js";
import { overridden } from "../config/override.js";
import { isFileName, splitSelection } from "../losses/resolve.js";
import { typedPath } from "./typed-path.js";

/**
 * The configuration of a command: that of a file, named or found, with the flags in its place, and with the losses that
 * were typed, if any. Throws an InputError for what is wrong in the file.
 */
export async function configured(
  flags: Config,
  losses: readonly string[],
  path?: string,
): Promise<LoadedConfig> {
  const loaded = await loadConfig(path);
  const { folder } = loaded;
  const config = overridden(loaded.config, pathsInFolder(flags, folder));
  if (losses.length === 0) return { ...loaded, config };
  const asked = askedOf(configuredLosses(config.losses ?? [], folder), losses);
  return {
    ...loaded,
    config: {
      ...config,
      losses: asked.map(({ argument, own }): string | LossConfig => {
        const loss = lossInFolder(argument, folder);
        return own ? { loss, ...own } : loss;
      }),
    },
  };
}

function pathsInFolder(flags: Config, folder: string): Config {
  const inside = (path: string) => inFolder(path, folder);
  const { logits, fuzz } = flags;
  const labelMap = flags["label-map"];
  return {
    ...flags,
    ...(logits !== undefined && { logits: inside(logits) }),
    ...(labelMap !== undefined && { "label-map": inside(labelMap) }),
    ...(flags.baseline !== undefined && { baseline: inside(flags.baseline) }),
    ...(typeof fuzz === "object" && {
      fuzz: {
        ...fuzz,
        ...(fuzz.train !== undefined && { train: lossInFolder(fuzz.train, folder) }),
        ...(fuzz.corpus !== undefined && { corpus: inside(fuzz.corpus) }),
      },
    }),
  };
}

/** A path that was typed in the working folder, as the configuration in another folder would have it. */
function inFolder(path: string, folder: string): string {
  return folder === typedPath(".") || isAbsolute(path) ? path : relative(folder, typedPath(path)) || ".";
}

function lossInFolder(argument: string, folder: string): string {
  const [name, selected] = splitSelection(argument);
  if (!isFileName(name)) return argument;
  const path = inFolder(name, folder);
  const file = isFileName(path) ? path : `./${path}`;
  return selected === undefined ? file : `${file}#${selected}`;
}
