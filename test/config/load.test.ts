import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { importConfig } from "../../src/config/import.js";
import { loadConfig } from "../../src/config/load.js";
import { InputError } from "../../src/inputs/input-error.js";
import { add, project } from "./project.js";

const folder = project({ "package.json": '{"type": "module"}' });
const at = (path: string) => join(folder, path);

vi.mock("../../src/cli/typed-path.js", async () => {
  const { resolve } = await import("node:path");
  return { typedPath: (path: string) => resolve(folder, path) };
});

/** What is loaded from a file of that text. */
function loaded(path: string, text: string | Uint8Array) {
  add(folder, path, "");
  writeFileSync(at(path), text);
  return loadConfig(at(path));
}

afterEach(() => vi.restoreAllMocks());

const BOM = "\uFEFF";
const WITH_DEFINE = 'import { defineConfig } from "loss-audit";\nexport default defineConfig({ seed: 7 });\n';
const TYPED = `import { type Config, defineConfig } from "loss-audit";
import { seed } from "./seed.ts";
const config: Config = { seed: (await Promise.resolve(seed)) satisfies number };
export default defineConfig(config);
`;
add(folder, "seed.ts", "export const seed: number = 7;\n");

describe("a configuration may be written", () => {
  test.each<[what: string, path: string, text: string]>([
    ["in JSON", "a.json", '{ "seed": 7 }'],
    ["in JSON with a byte order mark and Windows line ends", "b.json", `${BOM}{\r\n  "seed": 7\r\n}\r\n`],
    ["in package.json", "sub/package.json", '{ "name": "x", "audit": { "seed": 7 } }'],
    ["in package.json of Windows", "sub2/package.json", `${BOM}{\r\n"audit": { "seed": 7 } }\r\n`],
    ["in TypeScript, with types, other files and await", "a.ts", TYPED],
    ["in TypeScript of Windows", "b.ts", BOM + TYPED.replaceAll("\n", "\r\n")],
    ["in an .mts file", "a.mts", TYPED],
    ["in an .mjs file", "a.mjs", WITH_DEFINE],
    ["in a .js file of a package of modules", "a.js", WITH_DEFINE],
    ["as CommonJS", "common/a.js", 'module.exports = require("loss-audit").defineConfig({ seed: 7 });'],
    ["as CommonJS that needs nothing", "common/b.js", "module.exports = { seed: 7 };"],
    ["as a promise", "promise.mjs", "export default Promise.resolve({ seed: 7 });"],
    ["as a plain object", "plain.mjs", "export default { seed: 7 };"],
    ["under any name", "my gate (é).mjs", WITH_DEFINE],
  ])("%s", async (_, path, text) => {
    add(folder, "common/package.json", '{"type": "commonjs"}');
    expect(await loaded(path, text)).toEqual({
      config: { seed: 7 },
      file: at(path),
      folder: join(at(path), ".."),
    });
  });
});

test.each(["again.ts", "again.mjs", "again.js"])(
  "what is loaded from %s is what it says now",
  async (name) => {
    expect((await loaded(name, "export default { seed: 1 };")).config).toEqual({ seed: 1 });
    expect((await loaded(name, "export default { seed: 2 };")).config).toEqual({ seed: 2 });
  },
);

test("without a file the configuration is empty, and its folder the working folder", async () => {
  expect(await loadConfig()).toEqual({ config: {}, folder });
});

test("what it prints goes to stderr, for stdout is the report's", async () => {
  const seen: string[] = [];
  const stdout = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.spyOn(process.stderr, "write").mockImplementation((text) => seen.push(String(text)) > 0);
  await loaded("prints.mjs", 'console.log("loading");\nprocess.stdout.write("more\\n");\nexport default {};');
  expect(seen).toEqual(["loading\n", "more\n"]);
  expect(stdout).not.toHaveBeenCalled();
});

describe("one clear error tells of", () => {
  test.each<[what: string, path: string, text: string | Uint8Array, message: RegExp]>([
    [
      "JSON that is none, with its line",
      "x.json",
      '{\n  "seed": 1,\n}',
      /x\.json: it is not JSON, in line 3\. Correct it, or make a new one with audit init\.$/,
    ],
    ["JSON that is cut", "x.json", '{"seed":\n', /x\.json: it ends too early, in line 2\. Correct it/],
    [
      "JSON too deep for a stack",
      "x.json",
      "[".repeat(200_000),
      /x\.json: it (ends too early|is not JSON), in line 1\./,
    ],
    [
      "a merge conflict",
      "x.json",
      '{\n<<<<<<< HEAD\n"seed": 1\n=======\n"seed": 2\n>>>>>>> b\n}',
      /x\.json: it has a merge conflict of git in line 2\./,
    ],
    ["an empty file", "x.json", "", /x\.json: it is empty\. Correct it/],
    ["an empty module", "x.ts", "", /x\.ts: it is empty\. Correct it/],
    [
      "another encoding",
      "x.json",
      Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0),
      /x\.json: it is no text in UTF-8\./,
    ],
    [
      "20 MB",
      "x.json",
      `{"baseline": "${" ".repeat(20 * 2 ** 20)}"}`,
      /x\.json: it has 20\.0 MiB, a configuration at most 16\./,
    ],
    [
      "a package.json without the key",
      "y/package.json",
      "{}",
      /package\.json has no key "audit"\. Add it, or name another file\.$/,
    ],
    ["a package.json that is a list", "y/package.json", "[]", /package\.json has no key "audit"\./],
    [
      "a wrong key of a package.json",
      "y/package.json",
      '{"audit": {"seed": -1}}',
      /package\.json: seed is -1, but must be a whole number/,
    ],
    [
      "another kind of file",
      "x.yaml",
      "seed: 1",
      /x\.yaml is no configuration: its name ends in \.ts, \.mts, \.js, \.mjs or \.json\.$/,
    ],
    [
      "code that does not parse, with its place",
      "x.ts",
      "export default {\n  seed: ,\n};",
      /x\.ts:2:9 does not parse: Unexpected token\.$/,
    ],
    [
      "code that throws, with its line",
      "x.mjs",
      '\nthrow new Error("on purpose");',
      /x\.mjs throws when it is imported: on purpose \(.*x\.mjs:2\)$/,
    ],
    [
      "code that throws no error",
      "x.mjs",
      'throw "on purpose";',
      /x\.mjs throws when it is imported: on purpose$/,
    ],
    [
      "a rejection at the top",
      "x.mts",
      'await Promise.reject(new Error("on purpose"));',
      /x\.mts throws when it is imported: on purpose/,
    ],
    [
      "an import that leads nowhere",
      "x.ts",
      'import "./no-such-file.js";\nexport default {};',
      /x\.ts imports "\.\/no-such-file\.js", and there is no such file\.$/,
    ],
    [
      "a package that is missing",
      "x.ts",
      'import "no-such-package";\nexport default {};',
      /x\.ts imports "no-such-package", which is not installed\. Run "npm install no-such-package"/,
    ],
    [
      "no default export",
      "x.mjs",
      "export const config = {};",
      /x\.mjs has no default export\. Write export default defineConfig\(\{ … \}\)\.$/,
    ],
    ["no export at all", "x.ts", "const config = {};", /x\.ts has no default export\./],
    [
      "a call of process.exit",
      "x.mjs",
      "process.exit(0);",
      /x\.mjs calls process\.exit\(0\): a configuration only says what to do\.$/,
    ],
    [
      "a call of process.exit later on",
      "x.mts",
      "await null;\nprocess.exit();\nexport default {};",
      /x\.mts calls process\.exit\(\): /,
    ],
    [
      "a wrong value",
      "x.mjs",
      "export default { seed: 1.5 };",
      /x\.mjs: seed is 1\.5, but must be a whole number from 0/,
    ],
  ])("%s", async (_, path, text, message) => {
    const { exit } = process;
    const { write } = process.stdout;
    const failed = loaded(path, text);
    await expect(failed).rejects.toThrow(InputError);
    await expect(failed).rejects.toThrow(message);
    expect([process.exit, process.stdout.write]).toEqual([exit, write]);
  });

  test("a file that is not there, or may not be read, or is a folder", async () => {
    mkdirSync(at("folder.ts"));
    symlinkSync("nowhere", at("link.json"));
    await expect(loadConfig(at("none.json"))).rejects.toThrow(
      /none\.json: there is no such file: check the path\.$/,
    );
    await expect(loadConfig(at("folder.ts"))).rejects.toThrow(/folder\.ts: it is a folder, not a file\.$/);
    await expect(loadConfig(at("link.json"))).rejects.toThrow(/link\.json: there is no such file/);
    await expect(loadConfig(at("seed.ts/x.json"))).rejects.toThrow(/a part of its path is not a folder\.$/);
    await expect(loadConfig("/dev/null")).rejects.toThrow(/^\/dev\/null: it is no regular file\.$/);
    await expect(loadConfig("")).rejects.toThrow('The configuration is a file, but "" was given.');
    // Root may read everything but this.
    await expect(loadConfig("/proc/self/mem")).rejects.toThrow(InputError);
  });

  test.each(["await new Promise(() => {});\nexport default {};", "export default new Promise(() => {});"])(
    "a configuration that waits for ever: %j",
    async (text) => {
      await expect(importConfig(at("waits.mts"), text, 0.2)).rejects.toThrow(
        new InputError(`${at("waits.mts")} does not come back within 0.2 s.`),
      );
    },
  );
});
