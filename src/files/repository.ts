import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of the git repository that a folder lies in; the folder itself where it lies in none. */
export function repositoryOf(folder: string): string {
  for (let path = folder; ; path = dirname(path)) {
    // Of a worktree or a submodule it is a file.
    if (existsSync(join(path, ".git"))) return path;
    if (path === dirname(path)) return folder;
  }
}
