import { sep } from "node:path";

/** A path with forward slashes, whatever the system has. */
export function slashes(path: string): string {
  return path.split(sep).join("/");
}
