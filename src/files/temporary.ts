import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { type FileHandle, mkdir, open, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { removeLeftovers, temporaryName } from "./leftovers.js";

/** How often a folder that another process takes away is made again. */
const ATTEMPTS = 10;

export interface TemporaryFile {
  path: string;
  handle: FileHandle;
}

/** The folder and those above it that do not exist, the outermost first. */
export function missingFolders(folder: string): string[] {
  const missing: string[] = [];
  for (let path = folder; !existsSync(path) && path !== dirname(path); path = dirname(path)) {
    missing.unshift(path);
  }
  return missing;
}

/**
 * An empty file of a name that no other has, in a folder that is made where it is
 * missing. Throws the system's error.
 */
async function createTemporary(folder: string): Promise<TemporaryFile> {
  for (let attempt = 1; ; attempt++) {
    try {
      await makeFolder(folder);
      const path = join(folder, temporaryName(randomUUID()));
      return { path, handle: await open(path, "wx") };
    } catch (error) {
      // Another process may have looked whether it can write here, and removed the folder again.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT" || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Not with `recursive`: under a folder in which nothing can be made, as /proc, Node tries for ever. */
async function makeFolder(folder: string): Promise<void> {
  for (const path of missingFolders(folder)) {
    try {
      await mkdir(path);
    } catch (error) {
      const isThere = (error as NodeJS.ErrnoException).code === "EEXIST" && (await isFolder(path));
      if (!isThere) throw error;
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * Writes the text to a temporary file, down to the disk, and hands its path to
 * `use`. Whatever happens there, the file is gone in the end; where the process
 * is killed, the next one that writes there after an hour removes it.
 */
export async function withTemporary(
  folder: string,
  text: string,
  use: (path: string) => Promise<void>,
): Promise<void> {
  const { path, handle } = await createTemporary(folder);
  try {
    try {
      await handle.writeFile(text);
      await handle.sync();
      await removeLeftovers(folder, (await handle.stat()).mtimeMs);
    } finally {
      await handle.close();
    }
    await use(path);
  } finally {
    await rm(path, { force: true });
  }
}
