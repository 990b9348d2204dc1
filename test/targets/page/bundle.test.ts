import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bundle } from "../../../src/targets/page/bundle.js";
import { explainBundling } from "../../../src/targets/page/bundle-error.js";

const losses = relative(
  process.cwd(),
  fileURLToPath(new URL("../../../fixtures/user-losses", import.meta.url)),
);

function bundled(file: string, backend = "webgl"): Promise<string> {
  const path = `${losses}/${file}`;
  return bundle({ backend, from: "logits" }, { kind: "file", argument: path, path });
}

test.each([
  [
    "page/imports-fs.ts",
    'page/imports-fs.ts:3 imports "node:fs", which only Node has, so it can\'t run in a page. Move the loss ',
  ],
  [
    "faulty/missing-package.ts",
    'faulty/missing-package.ts:2 imports "@losses-of-nobody/focal/logits", which is not installed. ' +
      'Run "npm install @losses-of-nobody/focal" in its project.',
  ],
  ["faulty/missing-file.mjs", 'faulty/missing-file.mjs:2 imports "./focal.js", and there is no such file.'],
  [
    "faulty/syntax-error.ts",
    "faulty/syntax-error.ts:5:24 can't be bundled for a page: Expected identifier but found",
  ],
  ["nowhere.ts", "nowhere.ts does not exist."],
])("%s is refused with place and cure", async (file, message) => {
  await expect(bundled(file)).rejects.toThrow(`${losses}/${message}`);
  await expect(bundled(file)).rejects.toMatchObject({ name: "LoadError" });
});

test.each([
  ["typescript/cross-entropy.ts", "webgl"],
  ["tfjs-node/huber.ts", "wasm"],
  ["tfjs-node/absolute.js", "webgpu"],
  ["commonjs/hinge.cjs", "webgl"],
])("%s shares one tfjs with the page", async (file, backend) => {
  const script = await bundled(file, backend);
  expect(script.match(/ENGINE = getOrMakeEngine\(\)/g)).toHaveLength(1);
  expect(script).not.toContain("tf-core.node.js");
});

test("an esbuild that does not run is said with the cure", () => {
  const error = explainBundling(new Error("The package for another platform is there.\nMore about it."));
  expect(error.message).toBe(
    'A page needs esbuild, which does not run here: The package for another platform is there. Run "npm install esbuild".',
  );
});
