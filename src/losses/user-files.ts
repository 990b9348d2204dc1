import { dirname, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { typedPath } from "../cli/typed-path.js";

const OURS = dirname(dirname(fileURLToPath(import.meta.url)));

/** What tfjs's frames are named after where source maps are on. */
const TFJS = /[\\/]tfjs-[\w-]+[\\/]src[\\/]/;

/** Whether a file of a stack is the user's own: no package, no part of Node, not ours. */
export function isUserFile(file: string): boolean {
  return !/[\\/]node_modules[\\/]/.test(file) && !TFJS.test(file) && !file.startsWith(OURS + sep);
}

/** A path as the user would write it, when that is shorter. */
export function shown(file: string): string {
  const short = relative(typedPath("."), file);
  return short !== "" && !short.startsWith("..") ? short : file;
}
