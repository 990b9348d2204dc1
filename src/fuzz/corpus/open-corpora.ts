import type { FuzzOptions } from "../options.js";
import { checkWritable } from "./check-writable.js";
import { type Corpus, readCorpus } from "./read-corpus.js";

export interface Corpora {
  /** The failures to be tried again, by the folder that holds them. */
  byFolder: ReadonlyMap<string, Corpus["entries"]>;
  warnings: string[];
}

/** The folders in which the failures of losses are kept. Throws an InputError where new ones could not be. */
export async function openCorpora(
  ofLosses: readonly Pick<FuzzOptions, "corpus" | "replay">[],
): Promise<Corpora> {
  const byFolder = new Map<string, Corpus["entries"]>();
  const warnings: string[] = [];
  for (const { corpus: folder, replay } of ofLosses) {
    if (byFolder.has(folder)) continue;
    if (!replay) await checkWritable(folder);
    const corpus = replay ? { entries: [replay], warnings: [] } : await readCorpus(folder);
    byFolder.set(folder, corpus.entries);
    warnings.push(...corpus.warnings);
  }
  return { byFolder, warnings };
}
