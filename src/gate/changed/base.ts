import { InputError } from "../../inputs/input-error.js";
import { git, topLevel } from "./git.js";

/** The commit that files are compared with. */
export interface Base {
  /** The ref, as it was typed or found. */
  since: string;
  /** Where the present branch left that ref. */
  commit: string;
}

/** Why there is nothing to compare with, so that everything counts as changed. */
export interface NoBase {
  since: string;
  everything: string;
}

/** What a CI calls the branch that a change goes to. */
const TARGET_BRANCHES = ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"];

/**
 * The commit where the present branch left `ref`. Without one: that of the default branch of origin, or the branch that
 * a change under review goes to; and where there is no origin, HEAD, so that what is not committed counts.
 *
 * Nothing is passed over by chance: in CI, where everything is committed, a missing default is an InputError, and a HEAD
 * that is the default itself leaves everything to audit. Throws an InputError for a ref that is unknown.
 */
export async function baseOf(
  folder: string,
  ref: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Base | NoBase> {
  await topLevel(folder);
  const isCi = Boolean(environment.CI) && environment.CI !== "false";
  const since = ref === "" ? await defaultRef(folder, environment, isCi) : ref;
  const head = await commitOf(folder, "HEAD");
  if (head === undefined) {
    if (since !== "HEAD") await refuse(folder, since);
    return { since, everything: "there is no commit yet" };
  }
  const given = (await commitOf(folder, since)) ?? (await refuse(folder, since));
  const { exitCode, stdout } = await git(folder, ["merge-base", given, head]);
  // Without a common past, as in a shallow clone, all that differs counts.
  const commit = exitCode === 0 ? stdout.trim() : given;
  if (ref === "" && isCi && commit === head) {
    return { since, everything: `HEAD is ${since} itself` };
  }
  return { since, commit };
}

async function defaultRef(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  isCi: boolean,
): Promise<string> {
  for (const name of TARGET_BRANCHES) if (environment[name]) return `origin/${environment[name]}`;
  const { exitCode, stdout } = await git(folder, [
    "symbolic-ref",
    "--quiet",
    "--short",
    "refs/remotes/origin/HEAD",
  ]);
  if (exitCode === 0) return stdout.trim();
  for (const name of ["origin/main", "origin/master"]) if (await commitOf(folder, name)) return name;
  if (!isCi) return "HEAD";
  throw new InputError(
    "--changed finds no default branch of origin to compare with. Name a commit with --changed=BASE, and fetch it first.",
  );
}

async function commitOf(folder: string, ref: string): Promise<string | undefined> {
  if (ref.startsWith("-")) return undefined;
  const { exitCode, stdout } = await git(folder, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
  return exitCode === 0 ? stdout.trim() : undefined;
}

async function refuse(folder: string, ref: string): Promise<never> {
  const { stdout } = await git(folder, ["rev-parse", "--is-shallow-repository"]);
  const cure =
    stdout.trim() === "true"
      ? "This clone is shallow: fetch it first (fetch-depth: 0, or git fetch)."
      : "Name a branch, a tag or a commit, such as --changed=origin/main, or fetch it first.";
  throw new InputError(`--changed=${ref}: git knows no such commit. ${cure}`);
}
