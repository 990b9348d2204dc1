import { readdirSync, statSync } from "node:fs";
import { basename, dirname, extname } from "node:path";
import { didYouMean } from "../cli/did-you-mean.js";
import { LoadError } from "./load-error.js";

/** Of files that can hold a loss. */
export const LOSS_EXTENSIONS = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

/** Throws a LoadError unless `file`, given as `path`, is there and of a kind that can hold a loss, or `what` is asked for. */
export function checkLossFile(path: string, file: string, what = "loss"): void {
  const rule = `A ${what} is a ${LOSS_EXTENSIONS.slice(0, -1).join(", ")} or ${LOSS_EXTENSIONS.at(-1)} file`;
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) {
    const siblings = lossFilesIn(dirname(file));
    if (siblings === undefined) {
      throw new LoadError(`${path} does not exist: there is no folder ${dirname(path)}. Check the path.`);
    }
    const hint = didYouMean(basename(file), siblings).trim();
    throw new LoadError(`${path} does not exist. ${hint || `${rule}; check the path.`}`);
  }
  if (stats.isDirectory()) {
    const inside = lossFilesIn(file) ?? [];
    const found = inside.length > 0 ? `; this one holds ${inside.slice(0, 10).join(", ")}` : "";
    throw new LoadError(`${path} is a folder. ${rule}${found}.`);
  }
  if (!LOSS_EXTENSIONS.includes(extname(file))) {
    throw new LoadError(`${path} has the extension "${extname(file)}". ${rule}.`);
  }
}

function lossFilesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder).filter((name) => LOSS_EXTENSIONS.includes(extname(name)));
  } catch {
    return undefined;
  }
}
