import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { baseOf } from "../../../src/gate/changed/base.js";
import { topLevel } from "../../../src/gate/changed/git.js";
import { InputError } from "../../../src/inputs/input-error.js";
import { Repository } from "./repository.js";

const local = {};
const ci = { CI: "true" };

const origin = new Repository();
const first = origin.write({ a: "1" }).commit();

const clone = new Repository();
clone.git("remote", "add", "origin", origin.folder);
clone.git("fetch", "--quiet", "origin");
clone.git("reset", "--quiet", "--hard", "origin/main");
clone.git("checkout", "--quiet", "-b", "topic");
const topic = clone.write({ b: "1" }).commit();
const later = origin.write({ c: "1" }).commit();
clone.git("fetch", "--quiet", "origin");

const alone = new Repository();

test("a ref stands for the commit where the branch left it", async () => {
  expect(await baseOf(clone.folder, "origin/main", local)).toEqual({ since: "origin/main", commit: first });
  expect(await baseOf(clone.folder, "HEAD", ci)).toEqual({ since: "HEAD", commit: topic });
  expect(await baseOf(clone.folder, first.slice(0, 8), ci)).toEqual({
    since: first.slice(0, 8),
    commit: first,
  });
});

test("without a ref it is the default branch of origin, on a machine of one's own as in CI", async () => {
  for (const environment of [local, ci]) {
    expect(await baseOf(clone.folder, "", environment)).toEqual({ since: "origin/main", commit: first });
  }
  clone.git("update-ref", "refs/remotes/origin/trunk", later);
  clone.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
  expect(await baseOf(clone.folder, "", ci)).toEqual({ since: "origin/trunk", commit: first });
  clone.git("symbolic-ref", "--delete", "refs/remotes/origin/HEAD");
});

test.each(["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"])(
  "in a change under review it is the branch of %s",
  async (name) => {
    const environment = { ...ci, [name]: "main" };
    expect(await baseOf(clone.folder, "", environment)).toEqual({ since: "origin/main", commit: first });
  },
);

test("without origin it is HEAD, but not in CI, where that would pass everything over", async () => {
  const commit = alone.write({ alone: "1" }).commit();
  expect(await baseOf(alone.folder, "", local)).toEqual({ since: "HEAD", commit });
  await expect(baseOf(alone.folder, "", ci)).rejects.toThrow(
    "--changed finds no default branch of origin to compare with. Name a commit with --changed=BASE, and fetch it first.",
  );
});

test("in CI on the default branch itself nothing is passed over; on a machine of one's own that is no accident", async () => {
  clone.git("checkout", "--quiet", "--detach", "origin/main");
  expect(await baseOf(clone.folder, "", ci)).toEqual({
    since: "origin/main",
    everything: "HEAD is origin/main itself",
  });
  expect(await baseOf(clone.folder, "", local)).toEqual({ since: "origin/main", commit: later });
  clone.git("checkout", "--quiet", "topic");
});

test("without a commit everything is new", async () => {
  const empty = new Repository();
  expect(await baseOf(empty.folder, "", local)).toEqual({
    since: "HEAD",
    everything: "there is no commit yet",
  });
});

test("without a common past all that differs counts", async () => {
  alone.git("fetch", "--quiet", origin.folder, "main:other");
  expect(await baseOf(alone.folder, "other", local)).toEqual({ since: "other", commit: later });
});

test.each(["nowhere", "--help", "HEAD~99", "main:a", "a b", ""])(
  "the unknown ref %j is refused",
  async (ref) => {
    const given = ref === "" ? "origin/gone" : ref;
    const error = await baseOf(clone.folder, given, local).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toBe(
      `--changed=${given}: git knows no such commit. Name a branch, a tag or a commit, such as --changed=origin/main, or fetch it first.`,
    );
  },
);

test("in a shallow clone the cure is said", async () => {
  const shallow = new Repository();
  shallow.git("fetch", "--quiet", "--depth=1", `file://${origin.folder}`, "main");
  shallow.git("reset", "--quiet", "--hard", "FETCH_HEAD");
  await expect(baseOf(shallow.folder, first, local)).rejects.toThrow("This clone is shallow: fetch it first");
});

test("outside of a repository, and without git, the gate says so", async () => {
  const folder = mkdtempSync(join(tmpdir(), "audit-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  await expect(topLevel(folder)).rejects.toThrow(
    "--changed compares with a commit of git, and this is no git repository. Run the whole gate without it.",
  );
  const path = process.env.PATH;
  try {
    process.env.PATH = folder;
    await expect(topLevel(folder)).rejects.toThrow(
      "--changed asks git, and it is not installed, or not on the PATH. Run the whole gate without --changed.",
    );
  } finally {
    process.env.PATH = path;
  }
});
