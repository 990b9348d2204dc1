import { execFile } from "node:child_process";
import { InputError } from "../../inputs/input-error.js";

/** A list of all files of a large repository fits. */
const LARGEST = 2 ** 30;
/** A hook of git runs with these set; they would be taken for another repository from another folder. */
const OF_A_HOOK = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"];

export interface GitResult {
  /** 0 where it did what it was asked. */
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs git in a folder, and changes nothing there. Throws an InputError where there is no git. */
export function git(folder: string, args: readonly string[]): Promise<GitResult> {
  const env: NodeJS.ProcessEnv = { ...process.env, GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" };
  for (const name of OF_A_HOOK) delete env[name];
  return new Promise((resolve, reject) => {
    execFile("git", args, { cwd: folder, env, maxBuffer: LARGEST }, (error, stdout, stderr) => {
      if (error === null) return resolve({ exitCode: 0, stdout, stderr });
      if (typeof error.code === "number") return resolve({ exitCode: error.code, stdout, stderr });
      const why =
        (error.code as unknown) === "ENOENT" ? "it is not installed, or not on the PATH" : error.message;
      reject(new InputError(`--changed asks git, and ${why}. Run the whole gate without --changed.`));
    });
  });
}

/** What git prints. Throws an InputError with what it says where it fails. */
export async function gitOutput(folder: string, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await git(folder, args);
  if (exitCode === 0) return stdout;
  throw new InputError(`--changed asks git, and git ${args[0]} failed: ${firstLine(stderr)}.`);
}

/** The folder of the repository. */
export async function topLevel(folder: string): Promise<string> {
  const { exitCode, stdout, stderr } = await git(folder, ["rev-parse", "--show-toplevel"]);
  if (exitCode === 0) return stdout.replace(/\r?\n$/, "");
  const reason = firstLine(stderr);
  throw new InputError(
    reason.startsWith("not a git repository")
      ? "--changed compares with a commit of git, and this is no git repository. Run the whole gate without it."
      : `--changed asks git, which can't look into this repository: ${reason}.`,
  );
}

function firstLine(text: string): string {
  return text
    .trim()
    .split("\n")[0]
    .replace(/^fatal: /, "")
    .replace(/\.$/, "");
}
