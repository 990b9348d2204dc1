import { resolve } from "node:path";

/** Where the command was typed. A user's file may change the folder of its process; what was typed stays where it is. */
const folder = process.cwd();

/** The absolute path of one that was typed. */
export function typedPath(path: string): string {
  return resolve(folder, path);
}
