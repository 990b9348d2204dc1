import { realpath, rename, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { typedPath } from "../cli/typed-path.js";
import { InputError } from "../inputs/input-error.js";
import { missingFolders, withTemporary } from "./temporary.js";

const reasons: Record<string, string> = {
  ENOENT: "its folder can't be made there",
  ENOTDIR: "a part of its path is no folder",
  EEXIST: "something that is no folder has the name of a folder above it",
  EISDIR: "it is a folder",
  ELOOP: "its path has links that lead back to themselves",
  ENAMETOOLONG: "its path is too long",
  EACCES: "you are not allowed to write there",
  EPERM: "you are not allowed to write there",
  EROFS: "its file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "your quota of the disk is used up",
};

/** What a small file takes: a file system that is full may still take an empty one. */
const SAMPLE = " ".repeat(4096);

/**
 * Writes a text file as a whole: at every moment it is the old or the new one.
 * Its folder is made where it is missing, and a link stays one. A device or a pipe
 * is written to. Throws an InputError with the path, the reason and what to do.
 */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  await told(path, async () => {
    const { file, isSpecial } = await placeOf(path);
    if (isSpecial) await writeFile(file, text);
    else await withTemporary(dirname(file), text, (temporary) => rename(temporary, file));
  });
}

/**
 * Says before long work whether a file could be written: writes another one into its
 * folder, and removes it and the folders that it had to make. Throws as `writeFileWhole` does.
 */
export async function checkFileWritable(path: string): Promise<void> {
  await told(path, async () => {
    const { file, isSpecial } = await placeOf(path);
    if (isSpecial) return;
    const folder = dirname(file);
    const missing = missingFolders(folder);
    try {
      await withTemporary(folder, SAMPLE, async () => {});
    } finally {
      // Those that are in use by now are not empty, and stay.
      for (const made of missing.reverse()) await rmdir(made).catch(() => undefined);
    }
  });
}

async function placeOf(path: string): Promise<{ file: string; isSpecial: boolean }> {
  const given = typedPath(path);
  const file = await realpath(given).catch(() => given);
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) throw Object.assign(new Error(), { code: "EISDIR" });
  return { file, isSpecial: found !== undefined && !found.isFile() };
}

async function told(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new InputError(
      `${path} can't be written: ${reasons[code] ?? message}. Name another file, or make it possible there.`,
    );
  }
}
