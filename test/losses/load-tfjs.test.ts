import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadLosses } from "../../src/losses/load.js";
import { loadTfjs } from "../../src/targets/tfjs.js";

let project: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "loss project é "));
});

afterEach(() => {
  rmSync(project, { recursive: true });
});

function write(path: string, text: string): string {
  const file = join(project, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** A tfjs that can be found, and that must not be loaded. */
function install(name: string, version: string): void {
  write(`node_modules/${name}/package.json`, JSON.stringify({ name, version, main: "index.js" }));
  write(`node_modules/${name}/index.js`, `throw new Error("a second ${name} was loaded");`);
}

const LOSS = "export const loss = (x, z) => tf.sub(x, z); export const copy = tf;";

describe("tfjs in a user's project", () => {
  it.each([
    ["import *", "a.mjs", `import * as tf from "@tensorflow/tfjs"; ${LOSS}`],
    ["a default import", "b.ts", `import tf from "@tensorflow/tfjs"; ${LOSS}`],
    ["require", "c.cjs", `const tf = require("@tensorflow/tfjs"); exports.loss = (x, z) => tf.sub(x, z);`],
    ["an import of a file inside", "d.ts", `import * as tf from "@tensorflow/tfjs/dist/tf.node.js"; ${LOSS}`],
    ["import() in the loss", "e.mjs", `const tf = await import("@tensorflow/tfjs"); ${LOSS}`],
  ])("is ours by %s, not the copy in its node_modules", async (_, path, text) => {
    const tf = await loadTfjs();
    install("@tensorflow/tfjs", tf.version.tfjs);
    const { implementations, warnings } = await loadLosses(write(path, text));
    expect(warnings).toEqual([]);
    const result = tf.tidy(() => implementations[0].f(tf.scalar(3), tf.scalar(1)).dataSync()[0]);
    expect(result).toBe(2);
  });

  it("is ours in a file that the loss imports, and in a package that requires it by itself", async () => {
    const tf = await loadTfjs();
    install("@tensorflow/tfjs", tf.version.tfjs);
    install("@tensorflow/tfjs-core", tf.version.tfjs);
    write("node_modules/focal/package.json", `{"name": "focal", "version": "1.0.0", "main": "main.js"}`);
    write("node_modules/focal/main.js", `exports.sub = require("@tensorflow/tfjs-core").sub;`);
    write("math.cjs", `exports.add = require("@tensorflow/tfjs").add;`);
    const loss = write(
      "loss.ts",
      `import { sub } from "focal"; import { add } from "./math.cjs"; export default (x, z) => add(sub(x, z), x);`,
    );
    const { implementations } = await loadLosses(loss);
    expect(tf.tidy(() => implementations[0].f(tf.scalar(3), tf.scalar(1)).dataSync()[0])).toBe(5);
  });

  it("is ours in a file that the project's tsconfig.json has a name for", async () => {
    const tf = await loadTfjs();
    install("@tensorflow/tfjs", tf.version.tfjs);
    write("tsconfig.json", `{"compilerOptions": {"baseUrl": ".", "paths": {"~/*": ["./src/*"]}}}`);
    write("src/math.ts", `import * as tf from "@tensorflow/tfjs"; export const sub: typeof tf.sub = tf.sub;`);
    const loss = write("losses/loss.ts", `import { sub } from "~/math"; export default (x, z) => sub(x, z);`);
    const { implementations } = await loadLosses(loss);
    expect(tf.tidy(() => implementations[0].f(tf.scalar(3), tf.scalar(1)).dataSync()[0])).toBe(2);
  });

  it("has one engine, even when a module that Node loads brings a whole copy of its own", async () => {
    const tf = await loadTfjs();
    const core = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-core/package.json"));
    const copy = join(project, "node_modules/@tensorflow/tfjs-core");
    for (const file of ["package.json", "dist/tf-core.node.js"]) cpSync(join(core, file), join(copy, file));
    appendFileSync(join(copy, "dist/tf-core.node.js"), "\nexports.copied = true;\n");
    for (const name of ["long", "node-fetch", "seedrandom"]) write(`node_modules/${name}/index.js`, "");
    // A top-level await leaves the ES modules that the loss imports to Node, which finds the copy.
    write("by-node.mjs", `import core from "@tensorflow/tfjs-core"; export { core };`);
    const loss = write(
      "loss.ts",
      `import { core } from "./by-node.mjs";
       await null;
       if (!core.copied) throw new Error("this is not the copy");
       export const loss = (x, z) => core.sub(x, core.engine().isTapeOn() ? 1 : 0);`,
    );
    const { implementations } = await loadLosses(loss);
    const result = tf.tidy(() => {
      const { value, grad } = tf.valueAndGrad((x) => implementations[0].f(x, x))(tf.scalar(3));
      return [value.dataSync()[0], grad.dataSync()[0]];
    });
    expect(result).toEqual([2, 1]); // 3 - 1, since the copy sees the tape of our engine
  });

  it("warns when the project has another version, and refuses another major version", async () => {
    install("@tensorflow/tfjs-core", "4.10.0");
    const loss = write("src/losses/loss.mjs", `import * as tf from "@tensorflow/tfjs-core"; ${LOSS}`);
    const { warnings } = await loadLosses(loss);
    expect(warnings).toEqual([
      expect.stringMatching(/with @tensorflow\/tfjs-core 4\.10\.0; it is audited on 4\.22/),
    ]);

    install("@tensorflow/tfjs", "3.21.0");
    await expect(loadLosses(loss)).rejects.toThrow(
      "@tensorflow/tfjs 3.21.0; a loss can be audited on tfjs 4 only",
    );
  });
});
