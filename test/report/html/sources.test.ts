import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Sources } from "../../../src/report/html/sources.js";

const folder = mkdtempSync(join(tmpdir(), "audit-"));
afterAll(() => rmSync(folder, { recursive: true }));
const repository = join(folder, "repository");
const project = join(repository, "packages", "losses");
mkdirSync(join(repository, ".git"), { recursive: true });
mkdirSync(project, { recursive: true });
const text = ["// one", "  const a = 1;", "", "\tconst b = 2;", "  const c = 3;", "  const d = 4;", "  end"];
writeFileSync(join(project, "löss.ts"), text.join("\r\n"));
writeFileSync(join(repository, "shared.ts"), "shared");
writeFileSync(join(folder, "secret.txt"), "secret");
symlinkSync(join(folder, "secret.txt"), join(project, "link.ts"));
const sources = new Sources(project);

test("a line stands among the three before and after it, without the blanks that all begin with", () => {
  expect(sources.contextOf({ file: "löss.ts", line: 5 })).toEqual({
    first: 2,
    lines: ["const a = 1;", "", "const b = 2;", "const c = 3;", "const d = 4;", "end"],
  });
});

test("at the ends of a file there are fewer", () => {
  expect(sources.contextOf({ file: "löss.ts", line: 1 })?.lines).toHaveLength(4);
  expect(sources.contextOf({ file: "löss.ts", line: 7 })?.first).toBe(4);
});

test("a file beside the project in its repository is read, and one of the catalogue", () => {
  expect(sources.contextOf({ file: "../../shared.ts", line: 1 })?.lines).toEqual(["shared"]);
  expect(sources.contextOf({ file: "loss-audit/src/losses/softplus.ts", line: 1 })?.first).toBe(1);
});

test.each([
  ["a line that is not there", "löss.ts", 8],
  ["line 0", "löss.ts", 0],
  ["no number", "löss.ts", Number.NaN],
  ["a file that is not there", "other.ts", 1],
  ["a folder", "", 1],
  ["a name that no file can have", "a\u0000b", 1],
  ["what lies outside of the repository", "../../../secret.txt", 1],
  ["what a link leads to outside of it", "link.ts", 1],
  ["a file outside of the package", "loss-audit/../../../../../../etc/hostname", 1],
])("there is none for %s", (_, file, line) => {
  expect(sources.contextOf({ file, line })).toBeUndefined();
});
