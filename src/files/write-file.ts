import { realpath, rename, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { typedPath } from "../cli/typed-path.js";
import { InputError } from "../inputs/input-error.js";
import { withTemporary } from "./temporary.js";

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

/**
 * Writes a text file as a whole: at every moment it is the old or the new one.
 * Its folder is made where it is missing, and a link stays one. Throws an InputError
 * with the path, the reason and what to do.
 */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  const given = typedPath(path);
  try {
    const file = await realpath(given).catch(() => given);
    if (await isFolder(file)) throw Object.assign(new Error(), { code: "EISDIR" });
    await withTemporary(dirname(file), text, (temporary) => rename(temporary, file));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new InputError(
      `${path} can't be written: ${reasons[code] ?? message}. Name another file, or make it possible there.`,
    );
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
