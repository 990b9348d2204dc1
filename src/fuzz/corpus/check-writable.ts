import { rmdir } from "node:fs/promises";
import { typedPath } from "../../cli/typed-path.js";
import { missingFolders, withTemporary } from "../../files/temporary.js";
import { folderError } from "./folder-error.js";

/** What a small entry takes: a file system that is full may still take an empty file. */
const SAMPLE = " ".repeat(4096);

/**
 * Says before a long run whether its findings could be kept: writes a file into
 * the folder, and removes it and the folders that it had to make. Throws an
 * InputError with the reason.
 */
export async function checkWritable(folder: string): Promise<void> {
  const path = typedPath(folder);
  const missing = missingFolders(path);
  try {
    await withTemporary(path, SAMPLE, async () => {});
  } catch (error) {
    throw folderError(folder, "written", error);
  } finally {
    // Those that are in use by now are not empty, and stay.
    for (const made of missing.reverse()) await rmdir(made).catch(() => undefined);
  }
}
