import { collect } from "./collect.js";
import { keepAgain } from "./keep-again.js";
import { differentMachines } from "./machines.js";
import { mergeDone } from "./merge-parts.js";
import { readBlob } from "./read-blob.js";
import type { Done, Work } from "./work.js";

export interface Merged {
  work: Work;
  done: Done;
  /** One sentence each, of machines that differ. */
  warnings: string[];
}

/**
 * Puts the blobs of all shards of a run together, as if one process had done it. Throws an InputError for a file that
 * is no blob that can be used, and where the files are not all the shards of one run.
 */
export async function merge(files: readonly string[]): Promise<Merged> {
  const stored = [];
  for (const file of files) stored.push(await readBlob(file));
  const blobs = collect(stored);
  const { work } = blobs[0];
  const done = mergeDone(blobs);
  return {
    work,
    done: { ...done, ...(work.fuzz && done.fuzz && { fuzz: await keepAgain(work.fuzz, done.fuzz) }) },
    warnings: differentMachines(blobs),
  };
}
