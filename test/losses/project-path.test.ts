import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectPath } from "../../src/losses/project-path.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));

describe("the path of a file in a report", () => {
  let folder: string;
  /** As the project's folder is given: from the working folder. */
  const from = (path: string) => relative(process.cwd(), join(folder, path));

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "audit-project-")));
    mkdirSync(join(folder, "mono", ".git"), { recursive: true });
    mkdirSync(join(folder, "mono", "packages", "app"), { recursive: true });
    mkdirSync(join(folder, "worktree"));
    writeFileSync(join(folder, "worktree", ".git"), "gitdir: elsewhere\n");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ["mono", "mono/src/my loss.ts", "src/my loss.ts"],
    ["mono/packages/app", "mono/packages/app/löss.ts", "löss.ts"],
    ["mono/packages/app", "mono/packages/shared/loss.ts", "../shared/loss.ts"],
    ["mono/packages/app", "elsewhere/loss.ts", "loss.ts"],
    ["mono", "mono-2/loss.ts", "loss.ts"],
    ["worktree", "worktree/..loss/a.ts", "..loss/a.ts"],
    ["worktree", "loss.ts", "loss.ts"],
    ["no-git/project", "no-git/project/src/loss.ts", "src/loss.ts"],
    ["no-git/project", "no-git/loss.ts", "loss.ts"],
  ])("of the project %s: %s is %s", (project, file, path) => {
    expect(projectPath(join(folder, file), from(project))).toBe(path);
  });

  test("of the catalogue is that in our repository, or in our package", () => {
    const file = join(repository, "src", "losses", "softplus.ts");
    expect(projectPath(file)).toBe("src/losses/softplus.ts");
    expect(projectPath(file, from("mono"))).toBe("loss-audit/src/losses/softplus.ts");
  });

  test("of a package below the project is no file of it", () => {
    const file = join(folder, "mono", "node_modules", "loss-audit", "dist", "src", "losses", "softplus.js");
    expect(projectPath(file, from("mono"))).toBe("softplus.js");
  });
});
