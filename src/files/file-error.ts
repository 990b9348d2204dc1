import { InputError } from "../inputs/input-error.js";

const reasons: Record<string, string> = {
  ENOENT: "there is no such file: check the path.",
  ENOTDIR: "there is no such file: a part of its path is not a folder.",
  EACCES: "you are not allowed to read this file: change its permissions (chmod +r).",
  EPERM: "you are not allowed to read this file: change its permissions (chmod +r).",
};

/** What stopped the reading of a file, for the user who named it; an error that is not the system's stays as it is. */
export function fileError(path: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new InputError(`${path}: ${reasons[code] ?? `it can't be read: ${message}.`}`);
}
