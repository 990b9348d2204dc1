import { readFile, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { codeOf, withoutComments } from "./code-of.js";
import { exportedFunctions } from "./exported-functions.js";
import { judgeFunction } from "./judge-function.js";
import { sourceFiles } from "./source-files.js";

/** A function that looks like a loss. */
export interface FoundLoss {
  /** As a configuration in the folder has it: `FILE#export`. */
  loss: string;
  /** The names of its parameters. */
  parameters: string[];
  from: "logits" | "probabilities";
}

/** One that nearly does. */
export interface SkippedLoss {
  loss: string;
  reason: string;
}

export interface FoundLosses {
  /** How many source files were read. */
  files: number;
  losses: FoundLoss[];
  skipped: SkippedLoss[];
}

/** In bytes: what is larger nobody has written. */
const LARGEST = 2 ** 19;
const TFJS =
  /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*["']@tensorflow\/tfjs[\w-]*(?:\/[^"'\n]*)?["']/;

/**
 * Looks in the source files of a project that import tfjs for exported functions that look like losses. It reads text
 * and runs nothing.
 */
export async function findLosses(folder: string): Promise<FoundLosses> {
  const files = await sourceFiles(folder);
  const found: FoundLosses = { files: files.length, losses: [], skipped: [] };
  for (const file of files) {
    const source = await sourceOf(join(folder, file));
    if (!source.includes("@tensorflow/tfjs") || !TFJS.test(withoutComments(source))) continue;
    for (const one of exportedFunctions(codeOf(source))) {
      const judgement = judgeFunction(one, basename(file, extname(file)));
      // What begins with ! would be an exclusion.
      const loss = `${file.startsWith("!") ? "./" : ""}${file}#${one.name}`;
      if (judgement.is === "loss") {
        found.losses.push({ loss, parameters: one.parameters?.names ?? [], from: judgement.from });
      } else if (judgement.is === "passed over") found.skipped.push({ loss, reason: judgement.reason });
    }
  }
  return found;
}

/** Empty where it is none that can be read, or is too large. */
async function sourceOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    return size > LARGEST ? "" : await readFile(file, "utf8");
  } catch {
    return "";
  }
}
