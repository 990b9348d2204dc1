import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";

const folders: string[] = [];
afterAll(() => folders.map((folder) => rmSync(folder, { recursive: true })));

/** A repository of git in a folder with a blank and letters that are not ASCII, gone when the tests are done. */
export class Repository {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "audit rép ø-")));

  constructor() {
    folders.push(this.folder);
    this.git("init", "--quiet", "--initial-branch=main");
  }

  git(...args: string[]): string {
    const settings = [
      "user.name=Test",
      "user.email=test@example.com",
      "commit.gpgsign=false",
      "core.autocrlf=false",
    ];
    return execFileSync("git", [...settings.flatMap((one) => ["-c", one]), ...args], {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
    }).trim();
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(files: Record<string, string>): this {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(name)), { recursive: true });
      writeFileSync(this.path(name), text);
    }
    return this;
  }

  /** Commits everything, and gives the commit. */
  commit(): string {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", "x");
    return this.git("rev-parse", "HEAD");
  }
}
