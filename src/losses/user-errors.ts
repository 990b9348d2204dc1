import { inspect } from "node:util";
import { isUserFile, shown } from "./user-files.js";
import { firstUserFrame } from "./user-frames.js";

/** What user code threw, with the line of theirs that is innermost in its stack: `no weights (loss.ts:7)`. */
export function thrownText(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown === "string" ? thrown : inspect(thrown);
  const frame = firstUserFrame(thrown.stack ?? "", isUserFile);
  return frame === undefined ? thrown.message : `${thrown.message} (${shown(frame.file)}:${frame.line})`;
}
