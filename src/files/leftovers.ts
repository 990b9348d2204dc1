import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** A file that is written takes seconds; one that is older, in milliseconds, belongs to a writer that was killed. */
const STALE = 60 * 60_000;

const NAME = /^\.audit-[\da-f-]{36}\.tmp$/;

/** The name of a temporary file. It is hidden, and no entry of a corpus and no loss is called so. */
export function temporaryName(id: string): string {
  return `.audit-${id}.tmp`;
}

/**
 * Removes what writers that were killed have left in a folder. `now` is when a file was made there just now, by the clock
 * of its file system, which may be that of another machine. What can't be removed is nobody's concern here.
 */
export async function removeLeftovers(folder: string, now: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const path of names.filter((name) => NAME.test(name)).map((name) => join(folder, name))) {
    const { mtimeMs } = await lstat(path).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > STALE) await rm(path, { force: true }).catch(() => undefined);
  }
}
