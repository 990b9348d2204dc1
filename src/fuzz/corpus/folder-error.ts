import { InputError } from "../../inputs/input-error.js";

const NAME_ANOTHER = "name another with --corpus";

const reasons: Record<string, string> = {
  ENOENT: `it can't be made there: ${NAME_ANOTHER}.`,
  ENOTDIR: `it is no folder, or a part of its path is none: ${NAME_ANOTHER}.`,
  EEXIST: `something that is no folder has its name, or that of a folder above it: ${NAME_ANOTHER}.`,
  ELOOP: `its path has links that lead back to themselves: ${NAME_ANOTHER}.`,
  ENAMETOOLONG: `its path is too long: ${NAME_ANOTHER}.`,
  EACCES: `you are not allowed to: change its permissions (chmod), or ${NAME_ANOTHER}.`,
  EPERM: `you are not allowed to: change its permissions (chmod), or ${NAME_ANOTHER}.`,
  EROFS: `its file system is read-only: ${NAME_ANOTHER}.`,
  ENOSPC: `the disk is full: make room, or ${NAME_ANOTHER}.`,
  EDQUOT: `your quota of the disk is used up: make room, or ${NAME_ANOTHER}.`,
};

/**
 * What keeps a corpus from being read or written, for the user who named its
 * folder; an error that is not the system's stays as it is.
 */
export function folderError(folder: string, use: "read" | "written", error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new InputError(`The corpus ${folder} can't be ${use}: ${reasons[code] ?? `${message}.`}`);
}
