import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { promisify } from "node:util";
import { glob } from "tinyglobby";
import { LOSS_EXTENSIONS } from "../losses/load-file.js";

/** Folders in which nobody looks for a loss of the project. */
const FOLDERS = new Set(
  "node_modules bower_components vendor dist build out lib-cov coverage public test tests __tests__ spec specs __mocks__".split(
    " ",
  ),
);
const NO_SOURCE = /\.d\.[mc]?ts$|\.(test|spec|min|config|stories|bench)\.[mc]?[jt]s$/;
/** Of git's list of files, in bytes. */
const LONGEST_LIST = 64 * 2 ** 20;

/** The source files of a project in which a loss may be, as paths with forward slashes, sorted; ignored ones left out. */
export async function sourceFiles(folder: string): Promise<string[]> {
  const files = (await filesOfGit(folder)) ?? (await filesBelow(folder));
  return [...new Set(files)].filter((file) => isSource(file) && existsSync(join(folder, file))).sort();
}

function isSource(file: string): boolean {
  const folders = file.split("/").slice(0, -1);
  const isLeftOut = folders.some((name) => FOLDERS.has(name) || name.startsWith("."));
  return !isLeftOut && LOSS_EXTENSIONS.includes(extname(file)) && !NO_SOURCE.test(basename(file));
}

/** What git tracks, or would; undefined where there is no git, or nothing of the folder in it. */
async function filesOfGit(folder: string): Promise<string[] | undefined> {
  try {
    const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    const options = { cwd: folder, maxBuffer: LONGEST_LIST, timeout: 60_000 };
    const { stdout } = await promisify(execFile)("git", list, options);
    const files = stdout.split("\0").filter((file) => file !== "");
    return files.length > 0 ? files : undefined;
  } catch {
    return undefined;
  }
}

function filesBelow(folder: string): Promise<string[]> {
  const ignore = [...FOLDERS].map((name) => `**/${name}/**`);
  return glob(`**/*{${LOSS_EXTENSIONS.join(",")}}`, { cwd: folder, ignore, followSymbolicLinks: false });
}
