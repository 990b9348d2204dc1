import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { typedPath } from "../cli/typed-path.js";
import { isFileName, splitSelection } from "../losses/resolve.js";
import type { Work } from "./work.js";

/**
 * SHA-256 of each file that is named in what is run: losses, models, real logits and labels. Shards of one run have
 * the same, or they have not audited the same. Not of what a file imports. Empty for one that can't be read.
 */
export async function digestsOf({ sweep, fuzz }: Work): Promise<Record<string, string>> {
  const files = new Set<string>();
  for (const one of [sweep, ...Object.values(sweep?.own ?? {})]) {
    if (one?.logits !== undefined) files.add(one.logits);
    if (one?.labelMap !== undefined) files.add(one.labelMap);
  }
  const models = [fuzz, ...Object.values(fuzz?.own ?? {})].flatMap((one) => one?.train ?? []);
  for (const name of [...(sweep?.losses ?? []), ...(fuzz?.losses ?? []), ...models]) {
    const [file] = splitSelection(name);
    if (isFileName(file)) files.add(file);
  }
  return Object.fromEntries(
    await Promise.all([...files].sort().map(async (file) => [file, await digest(file)] as const)),
  );
}

async function digest(file: string): Promise<string> {
  const bytes = await readFile(typedPath(file)).catch(() => undefined);
  return bytes === undefined ? "" : createHash("sha256").update(bytes).digest("hex");
}
