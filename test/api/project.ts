import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Ended {
  stdout: string;
  stderr: string;
  exitCode: number;
}

/** A sample project of a user's, with this package installed in it as npm does. */
export class Project {
  readonly folder: string;

  constructor(name: string) {
    this.folder = mkdtempSync(join(tmpdir(), `${name}-`));
    afterAll(() => rmSync(this.folder, { recursive: true }));
    cpSync(join(root, "fixtures/user-projects", name), this.folder, { recursive: true });
    const packages = join(this.folder, "node_modules");
    mkdirSync(packages);
    for (const entry of readdirSync(join(root, "node_modules"))) {
      if (!entry.startsWith(".")) symlinkSync(join(root, "node_modules", entry), join(packages, entry));
    }
    for (const part of ["package.json", "dist"]) {
      cpSync(join(root, part), join(packages, "loss-audit", part), { recursive: true });
    }
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  /** Runs Node there, as if no test ran around it. */
  node(args: string[], env: Record<string, string> = {}): Promise<Ended> {
    const ours = /^(VITEST|JEST|TEST$|NODE_ENV$|NODE_OPTIONS$|FORCE_COLOR$|CI$|GITHUB_)/;
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        args,
        { cwd: this.folder, env: { ...inherited, NO_COLOR: "1", ...env }, timeout: 100_000 },
        (error, stdout, stderr) => {
          resolve({ stdout, stderr, exitCode: error === null ? 0 : Number(error.code ?? -1) });
        },
      );
    });
  }
}

/** What stands in the code blocks of a page of the documentation. */
function blocksOf(page: string): { language: string; text: string }[] {
  const all = readFileSync(join(root, "docs", page), "utf8").matchAll(/^```([a-z]*)\n(.*?)^```$/gms);
  return Array.from(all, ([, language, text]) => ({ language, text }));
}

/** The examples that name their file in their first line, with its path. */
export function examplesOf(page: string): [path: string, text: string][] {
  return blocksOf(page).flatMap(({ text }) => {
    const [, path] = /^\/\/ (\S+)\n/.exec(text) ?? [];
    return path === undefined ? [] : [[path, text] as [string, string]];
  });
}

/** What is printed: blocks of no language. */
export function outputsOf(page: string): string[] {
  return blocksOf(page).flatMap(({ language, text }) => (language === "" ? [text.trimEnd()] : []));
}
