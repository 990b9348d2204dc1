import { readFileSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { typedPath } from "../../cli/typed-path.js";
import { repositoryOf } from "../../files/repository.js";
import type { SourceLine } from "../../program/program.js";

const PACKAGE = fileURLToPath(new URL("../../../", import.meta.url)).replace(/dist[\\/]$/, "");
/** How reports name the files of the catalogue: see `projectPath`. */
const OURS = "loss-audit/";
const LARGEST = 2 ** 21;
/** Lines before and after the one that is meant. */
const AROUND = 3;

/** A few lines of a file. */
export interface Context {
  /** The number of the first one. */
  first: number;
  lines: string[];
}

/** The source files that findings name, as far as they are there. */
export class Sources {
  readonly #folder: string;
  readonly #files = new Map<string, string[] | undefined>();

  /** `folder` is that of the project, as typed. */
  constructor(folder = ".") {
    this.#folder = typedPath(folder);
  }

  /** The line and those around it, without the blanks that they all begin with; undefined where there is none. */
  contextOf({ file, line }: SourceLine): Context | undefined {
    const all = this.#linesOf(file);
    if (all === undefined || !(line >= 1 && line <= all.length)) return undefined;
    const first = Math.max(1, line - AROUND);
    const lines = all.slice(first - 1, line + AROUND).map((text) => text.replaceAll("\t", "  ").trimEnd());
    const indents = lines.filter((text) => text !== "").map((text) => text.length - text.trimStart().length);
    const indent = Math.min(...indents);
    return { first, lines: lines.map((text) => text.slice(Number.isFinite(indent) ? indent : 0)) };
  }

  #linesOf(file: string): string[] | undefined {
    if (!this.#files.has(file)) this.#files.set(file, this.#read(file));
    return this.#files.get(file);
  }

  /**
   * A report may come from elsewhere: only what lies in the repository of the project, or in this package, is read.
   */
  #read(file: string): string[] | undefined {
    const inProject = linesIn(repositoryOf(this.#folder), join(this.#folder, file));
    if (inProject || !file.startsWith(OURS)) return inProject;
    return linesIn(PACKAGE, join(PACKAGE, file.slice(OURS.length)));
  }
}

/** The lines of a file that really lies in a folder. */
function linesIn(folder: string, file: string): string[] | undefined {
  try {
    const path = realpathSync(file);
    const inside = relative(realpathSync(folder), path);
    if (isAbsolute(inside) || inside.startsWith("..")) return undefined;
    const { size } = statSync(path);
    return size > LARGEST ? undefined : readFileSync(path, "utf8").split(/\r?\n/);
  } catch {
    return undefined; // It is not there any more, or never was on this machine.
  }
}
