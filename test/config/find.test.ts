import { mkdirSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { CONFIG_NAMES, findConfig } from "../../src/config/find.js";
import { InputError } from "../../src/inputs/input-error.js";
import { project } from "./project.js";

/** As it is typed in the folder of the tests. */
const typed = (folder: string, name: string) => relative(process.cwd(), join(folder, name));

test.each(["ts", "mts", "js", "mjs", "json"].map((extension) => `audit.config.${extension}`))(
  "%s is found in its folder and from every folder below it",
  (name) => {
    const folder = project({ [name]: "", "a/b/c.txt": "" });
    expect(CONFIG_NAMES).toContain(name);
    for (const below of [".", "a", "a/b"]) {
      expect(findConfig(join(folder, below))).toBe(typed(folder, name));
    }
  },
);

test("the nearest one counts", () => {
  const folder = project({ "audit.config.ts": "", "a/audit.config.json": "{}", "a/b/c.txt": "" });
  expect(findConfig(join(folder, "a/b"))).toBe(typed(folder, "a/audit.config.json"));
  expect(findConfig(folder)).toBe(typed(folder, "audit.config.ts"));
});

test("a package.json is one where it has the key audit, and is passed over where not", () => {
  const folder = project({
    "package.json": '{"audit": {}}',
    "a/package.json": '\uFEFF{"audit": null}',
    "a/b/package.json": '{"name": "b", "scripts": {"audit": "audit gate"}}',
    "a/b/c/package.json": "{ no JSON",
    "a/b/c/d/package.json": '["audit"]',
  });
  for (const below of ["a", "a/b", "a/b/c", "a/b/c/d"]) {
    expect(findConfig(join(folder, below))).toBe(typed(folder, "a/package.json"));
  }
  expect(findConfig(folder)).toBe(typed(folder, "package.json"));
});

test("there is none where no folder above has one", () => {
  expect(findConfig(project({ "audit.config.yaml": "", "audit.config.cjs": "", "package.json": "{}" }))).toBe(
    undefined,
  );
});

test("two in one folder are refused with both names, also beside a package.json", () => {
  const two = project({ "audit.config.ts": "", "audit.config.json": "" });
  const names = [typed(two, "audit.config.ts"), typed(two, "audit.config.json")].join(", ");
  expect(() => findConfig(two)).toThrow(
    new InputError(`There are 2 configurations in one folder: ${names}. Keep one of them.`),
  );
  const beside = project({ "audit.config.mjs": "", "package.json": '{"audit": {}}' });
  expect(() => findConfig(beside)).toThrow(/^There are 2 .*audit\.config\.mjs, .*package\.json\. Keep one/);
});

test("a folder of the name and a link that leads nowhere are found, so that they are complained about", () => {
  const folder = project();
  mkdirSync(join(folder, "audit.config.ts/audit.config.json"), { recursive: true });
  symlinkSync("nowhere.json", join(folder, "audit.config.ts/audit.config.json/audit.config.mjs"));
  expect(findConfig(folder)).toBe(typed(folder, "audit.config.ts"));
  expect(findConfig(join(folder, "audit.config.ts/audit.config.json"))).toMatch(/audit\.config\.mjs$/);
});
