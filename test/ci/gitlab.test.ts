import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { example } from "./examples.js";

const gitlab = createRequire(import.meta.url).resolve("gitlab-ci-local");
/** A repository with a remote, which GitLab's variables are made from. */
const folder = mkdtempSync(join(tmpdir(), "audit-gitlab-"));
afterAll(() => rmSync(folder, { recursive: true }));
execFileSync("git", ["init", "--quiet"], { cwd: folder });
execFileSync("git", ["remote", "add", "origin", "git@gitlab.com:someone/losses.git"], { cwd: folder });

/** Reads a pipeline as GitLab does, by its own schema. */
function jobsOf(text: string) {
  writeFileSync(join(folder, ".gitlab-ci.yml"), text);
  writeFileSync(join(folder, "package-lock.json"), "{}");
  const env = { ...process.env, HOME: folder };
  return spawnSync(process.execPath, [gitlab, "--list-json"], { cwd: folder, encoding: "utf8", env });
}

const shards = [1, 2, 3, 4].map((index) => `losses shard: [${index}/4]`);

test.each([
  ["gitlab.yml", ["losses"]],
  ["gitlab-shards.yml", [...shards, "losses"]],
])("%s is valid by GitLab's schema, and has the jobs %j", (name, jobs) => {
  const { stdout, status } = jobsOf(example(name));
  expect(JSON.parse(stdout).map((job: { name: string }) => job.name)).toEqual(jobs);
  expect(status).toBe(0);
});

test("a key that GitLab does not know would be found", () => {
  const { stderr, status } = jobsOf(example("gitlab.yml").replace("artifacts:", "artefacts:"));
  expect(stderr).toContain("'artefacts' property is not expected");
  expect(status).not.toBe(0);
});
