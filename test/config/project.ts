import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

/** A folder of a user's project with files in it, by their paths; it is gone after the tests. */
export function project(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "project é-")));
  afterAll(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) add(folder, path, text);
  return folder;
}

export function add(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
