import { appendFileSync, copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { cleanFolder, root, script, worse, writeProject } from "./project.js";

const folder = cleanFolder();
const origin = cleanFolder();
const run = (text: string) =>
  script(text, folder, {
    ORIGIN: origin,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "A",
    GIT_AUTHOR_EMAIL: "a@example.org",
    GIT_COMMITTER_NAME: "A",
    GIT_COMMITTER_EMAIL: "a@example.org",
  });

/** Commits what is there and pushes it. */
async function push() {
  const { stdout, exitCode } = await run("git add . && git commit -qm change && git push origin HEAD:main");
  const heads = await run('git rev-parse HEAD; git -C "$ORIGIN" rev-parse main');
  const [ours, theirs] = heads.stdout.trim().split("\n");
  return { stdout, exitCode, isPushed: ours === theirs };
}

beforeAll(async () => {
  writeProject(folder);
  writeFileSync(join(folder, ".gitignore"), "node_modules\n");
  const { exitCode } = await run(`
    git init -q -b main && git init -q --bare "$ORIGIN" && git remote add origin "$ORIGIN"
    node_modules/.bin/audit gate --update
    git add . && git commit -qm start && git push -q origin main
  `);
  expect(exitCode).toBe(0);
  copyFileSync(join(root, "docs/ci/pre-push"), join(folder, ".git/hooks/pre-push"));
});

test("a commit that touches no loss is pushed without an audit", async () => {
  writeFileSync(join(folder, "notes.md"), "None.\n");
  expect(await push()).toEqual({
    stdout: expect.stringContaining("No loss has changed since origin/main"),
    exitCode: 0,
    isPushed: true,
  });
});

test("a commit that changes a loss and does not make it worse is pushed", async () => {
  appendFileSync(join(folder, "a.ts"), "// Checked.\n");
  expect(await push()).toEqual({
    stdout: expect.stringContaining("1 loss, 1 implementation"),
    exitCode: 0,
    isPushed: true,
  });
});

test("a commit that makes a loss worse is not pushed", async () => {
  writeFileSync(join(folder, "a.ts"), worse);
  const { stdout, exitCode, isPushed } = await push();
  expect(stdout).toContain("audit gate fails");
  expect({ exitCode, isPushed }).toEqual({ exitCode: 1, isPushed: false });
});
