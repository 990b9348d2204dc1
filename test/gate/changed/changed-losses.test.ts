import { renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { changedFiles } from "../../../src/gate/changed/changed-files.js";
import { changedLosses } from "../../../src/gate/changed/changed-losses.js";
import { Repository } from "./repository.js";

const project = {
  ".gitignore": "node_modules\nbuilt\n",
  "package.json": '{ "type": "module" }',
  "audit.config.ts": 'import { range } from "./config/range"; export default { range };',
  "config/range.ts": "export const range = [0, 1];",
  "losses/a.ts": 'import { shared } from "./shared.js"; export const f = shared;',
  "losses/b with blank.ts": 'import { ü } from "../lib"; import "@/alias"; export const f = ü;',
  "losses/c.ts": "export const f = (x) => x;",
  "losses/shared.ts": 'import "./deep/deepest"; export const shared = (x) => x;',
  "losses/deep/deepest.mjs": "export {};",
  "lib/index.ts": 'export * from "./ü.ts";',
  "lib/ü.ts": "export const ü = (x) => x;",
  "src/alias.ts": "export {};",
  "tsconfig.json": '{ "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["src/*"] } } }',
  "data/logits.npy": "1",
  "other/package.json": "{}",
  "README.md": "Losses.",
};

function fresh(): { repository: Repository; commit: string } {
  const repository = new Repository();
  return { repository, commit: repository.write(project).commit() };
}

/** The losses of the project that have changed since a commit, by their letters. */
async function changedIn(
  { repository, commit }: { repository: Repository; commit: string },
  extra: string[] = [],
) {
  const path = (name: string) => repository.path(name);
  const losses = [
    { argument: "a", files: [path("losses/a.ts")] },
    { argument: "b", files: [path("losses/b with blank.ts")] },
    { argument: "c", files: [path("losses/c.ts"), path("data/logits.npy")], corpus: path(".audit/corpus") },
    { argument: "softplus", files: [] },
    ...extra.map((name) => ({ argument: name, files: [path(name)] })),
  ];
  const config = path("audit.config.ts");
  const files = await changedFiles(repository.folder, commit);
  const { changed, everything } = await changedLosses(losses, { folder: repository.folder, config }, files);
  return everything === undefined ? changed.join() : `everything: ${everything}`;
}

const MACHINERY = "everything: packages, or the settings of the compiler or of Node, have changed";

test.each<[file: string, losses: string]>([
  ["README.md", ""],
  ["losses/a.ts", "a"],
  ["losses/b with blank.ts", "b"],
  ["losses/shared.ts", "a"],
  ["losses/deep/deepest.mjs", "a"],
  ["lib/ü.ts", "b"],
  ["src/alias.ts", "b"],
  ["data/logits.npy", "c"],
  ["other/package.json", ""],
  ["losses/package-lock.json", "a,b,c"],
  ["config/range.ts", "everything: config/range.ts has changed"],
  ["audit.config.ts", "everything: audit.config.ts has changed"],
  ["package.json", MACHINERY],
  ["yarn.lock", MACHINERY],
  ["tsconfig.json", MACHINERY],
  ["patches/tfjs.patch", MACHINERY],
])("a change of %s concerns %j", async (file, losses) => {
  const { repository, commit } = fresh();
  const text = (project as Record<string, string>)[file] ?? "";
  repository.write({ [file]: `${text}\n` });
  expect(await changedIn({ repository, commit })).toBe(losses);
});

test("a change counts whether it is new, staged or committed", async () => {
  const { repository, commit } = fresh();
  repository.write({ "lib/ü.ts": "", "losses/d.ts": "" });
  expect(await changedIn({ repository, commit }, ["losses/d.ts"])).toBe("b,losses/d.ts");
  repository.git("add", "--all");
  expect(await changedIn({ repository, commit }, ["losses/d.ts"])).toBe("b,losses/d.ts");
  const next = repository.commit();
  expect(await changedIn({ repository, commit }, ["losses/d.ts"])).toBe("b,losses/d.ts");
  expect(await changedIn({ repository, commit: next }, ["losses/d.ts"])).toBe("");
});

test("without a change no loss has changed", async () => {
  const { repository, commit } = fresh();
  expect(await changedIn({ repository, commit })).toBe("");
});

test("a file that is deleted or renamed concerns what imported it, also where another one takes its place", async () => {
  const one = fresh();
  rmSync(one.repository.path("losses/deep/deepest.mjs"));
  expect(await changedIn(one)).toBe("a");

  const two = fresh();
  two.repository.write({ "losses/shared/index.ts": "export const shared = (x) => x;" });
  const commit = two.repository.commit();
  rmSync(two.repository.path("losses/shared.ts"));
  expect(await changedIn({ ...two, commit })).toBe("a");

  const three = fresh();
  renameSync(three.repository.path("losses/c.ts"), three.repository.path("losses/d.ts"));
  expect(await changedIn(three, ["losses/d.ts"])).toBe("c,losses/d.ts");
});

test("a new file that is imported in the place of another concerns the importer", async () => {
  const { repository, commit } = fresh();
  repository.write({ "losses/shared.js": "export const shared = (x) => x;" });
  expect(await changedIn({ repository, commit })).toBe("a");
});

test("what git does not see counts as changed: ignored files, and files outside of the repository", async () => {
  const { repository, commit } = fresh();
  repository.write({
    "built/d.js": "export const f = (x) => x;",
    "losses/e.ts": 'export * from "../built/d.js";',
  });
  const next = repository.commit();
  expect(await changedIn({ repository, commit: next }, ["built/d.js", "losses/e.ts"])).toBe(
    "built/d.js,losses/e.ts",
  );
  expect(await changedIn({ repository, commit }, [])).toBe("");
  const outside = new Repository();
  outside.write({ "f.ts": "export const f = (x) => x;" });
  symlinkSync(outside.path("f.ts"), repository.path("losses/f.ts"));
  const linked = repository.commit();
  expect(await changedIn({ repository, commit: linked }, ["losses/f.ts"])).toBe("losses/f.ts");
});

test("a linked package of the workspace is followed; one that is installed is not", async () => {
  const { repository } = fresh();
  repository.write({
    "packages/maths/package.json": '{ "name": "maths", "exports": "./main.ts" }',
    "packages/maths/main.ts": 'export * from "./inner.ts";',
    "packages/maths/inner.ts": "export {};",
    "node_modules/installed/package.json": '{ "name": "installed", "version": "1.2.3", "main": "index.js" }',
    "node_modules/installed/index.js": "",
    "losses/e.ts":
      'import "maths"; import "installed"; import "@tensorflow/tfjs"; export const f = (x) => x;',
  });
  symlinkSync("../packages/maths", repository.path("node_modules/maths"));
  const commit = repository.commit();
  expect(await changedIn({ repository, commit }, ["losses/e.ts"])).toBe("");
  writeFileSync(repository.path("packages/maths/inner.ts"), "export const x = 1;");
  expect(await changedIn({ repository, commit }, ["losses/e.ts"])).toBe("losses/e.ts");
});

test("what can't be followed counts as changed", async () => {
  const { repository } = fresh();
  const cases = {
    "losses/d1.ts": 'import "./missing"; export const f = (x) => x;',
    "losses/d2.ts": 'import "missing-package"; export const f = (x) => x;',
    "losses/d3.ts": "const g = await import(name); export const f = (x) => x;",
    "losses/d4.ts": 'import { readFileSync } from "node:fs"; export const f = (x) => x;',
  };
  const commit = repository.write(cases).commit();
  expect(await changedIn({ repository, commit }, Object.keys(cases))).toBe(Object.keys(cases).join());
});

test("a failure that comes into the corpus, or leaves it, concerns the loss that is searched", async () => {
  const { repository, commit } = fresh();
  repository.write({ ".audit/corpus/broken.json": "{", ".audit/notes.txt": "" });
  expect(await changedIn({ repository, commit })).toBe("c");
});

test("a hook of git, which says where its index is, sees the same", async () => {
  const one = fresh();
  one.repository.write({ "losses/a.ts": "" });
  const before = { ...process.env };
  try {
    Object.assign(process.env, { GIT_DIR: "nowhere", GIT_INDEX_FILE: "/nowhere", GIT_WORK_TREE: "nowhere" });
    expect(await changedIn(one)).toBe("a");
  } finally {
    for (const name of ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
});

test("settings of the compiler that extend what is not there make nothing known, and no crash", async () => {
  const { repository } = fresh();
  const commit = repository.write({ "tsconfig.json": '{ "extends": "./nowhere.json" }' }).commit();
  expect(await changedIn({ repository, commit })).toMatch(
    /^everything: audit\.config\.ts: "\.\/config\/range" is not found/,
  );
});
