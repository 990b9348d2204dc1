import { createHash } from "node:crypto";

/** With the hash and a few letters more, short enough for every file system. */
const LONGEST = 100;

/**
 * The name of an entry's file: its id with a `-` for what not every file system
 * takes, cut where it is long, and 8 digits of the SHA-256 of the whole id. They
 * keep ids apart that would be one name, also where upper and lower case are
 * one: `a/b-c` and `a-b/c`, `Log` and `log`.
 */
export function fileNameOf(id: string): string {
  const readable = id.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[.-]+/, "");
  const hash = createHash("sha256").update(id).digest("hex").slice(0, 8);
  return `${readable.slice(0, LONGEST)}-${hash}.json`.replace(/^-/, "");
}
