import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { findLosses } from "../../src/init/find-losses.js";
import { add, project } from "../config/project.js";

const TFJS = 'import * as tf from "@tensorflow/tfjs";\n';
const FOCAL = `${TFJS}export function focal(logits, labels) {}\n`;
const losses = async (folder: string) => (await findLosses(folder)).losses.map(({ loss }) => loss);

test("losses are found in source files of every kind, in the order of their paths, with what they take", async () => {
  const folder = project({
    "src/b.ts": `${TFJS}export const bce = (probs: tf.Tensor, labels: tf.Tensor) => probs;\n${FOCAL}`,
    "src/a/losses.mjs": FOCAL,
    "lib/dice.cjs": 'const tf = require("@tensorflow/tfjs-node");\nexports.dice = (x, z, smooth = 1) => x;',
    "!odd name (é)/[x].js": FOCAL,
    "helpers.ts": `${TFJS}export function scale(x, z) {}\n`,
  });
  expect(await findLosses(folder)).toEqual({
    files: 5,
    losses: [
      { loss: "./!odd name (é)/[x].js#focal", parameters: ["logits", "labels"], from: "logits" },
      { loss: "lib/dice.cjs#dice", parameters: ["x", "z", "smooth"], from: "logits" },
      { loss: "src/a/losses.mjs#focal", parameters: ["logits", "labels"], from: "logits" },
      { loss: "src/b.ts#bce", parameters: ["probs", "labels"], from: "probabilities" },
      { loss: "src/b.ts#focal", parameters: ["logits", "labels"], from: "logits" },
    ],
    skipped: [],
  });
});

test("what nearly is one is told with its reason", async () => {
  const folder = project({
    "a.ts": `${TFJS}export function mse(yTrue, yPred) {}\nexport const dice = wrap();`,
  });
  const { skipped } = await findLosses(folder);
  expect(skipped).toEqual([
    { loss: "a.ts#mse", reason: expect.stringContaining("it takes the labels first") },
    { loss: "a.ts#dice", reason: expect.stringContaining("can't be read off its text") },
  ]);
});

test.each([
  'import * as tf from "@tensorflow/tfjs";',
  "import { mul } from '@tensorflow/tfjs-core';",
  'import type { Tensor } from "@tensorflow/tfjs-core";',
  'import {\n  mul,\n} from "@tensorflow/tfjs-core/dist/ops/mul.js";',
  'import "@tensorflow/tfjs-backend-wasm";',
  'const tf = require("@tensorflow/tfjs-node");',
  'const tf = await import("@tensorflow/tfjs");',
])("a file with %j uses tfjs", async (line) => {
  expect(await losses(project({ "a.ts": `${line}\nexport function focal(x, z) {}` }))).toEqual([
    "a.ts#focal",
  ]);
});

test.each([
  "",
  '// import * as tf from "@tensorflow/tfjs";',
  '/* require("@tensorflow/tfjs") */',
  'import * as tf from "tensorflow";',
  'import * as tf from "my/@tensorflow/tfjs";',
])("a file with %j does not", async (line) => {
  expect(await losses(project({ "a.ts": `${line}\nexport function focal(x, z) {}` }))).toEqual([]);
});

const ELSEWHERE = [
  ...["node_modules/x/a.js", "dist/a.js", "src/build/a.js", "test/a.ts", "src/__tests__/a.ts", ".cache/a.js"],
  ...[
    "src/a.test.ts",
    "src/a.spec.mjs",
    "src/a.d.ts",
    "src/a.min.js",
    "vite.config.ts",
    "src/a.tsx",
    "src/a.py",
  ],
];

test("packages, builds, tests, declarations and hidden files are left out", async () => {
  const files = Object.fromEntries(ELSEWHERE.map((file) => [file, FOCAL]));
  expect(await findLosses(project(files))).toEqual({ files: 0, losses: [], skipped: [] });
});

test("what git ignores is left out, what it does not know yet is not, nor is what lies above", async () => {
  const folder = project({ "sub/.gitignore": "generated/\n", "above.ts": FOCAL, "sub/tracked.ts": FOCAL });
  const git = (...command: string[]) => execFileSync("git", command, { cwd: folder, stdio: "ignore" });
  git("init");
  git("add", ".");
  for (const file of ["sub/generated/a.ts", "sub/new é.ts", "sub/test/a.ts", "sub/gone.ts"])
    add(folder, file, FOCAL);
  git("add", "sub/gone.ts");
  execFileSync("rm", [`${folder}/sub/gone.ts`]);
  expect(await losses(`${folder}/sub`)).toEqual(["new é.ts#focal", "tracked.ts#focal"]);
  // Where git ignores all of the folder, it is looked through without git.
  expect(await losses(`${folder}/sub/generated`)).toEqual(["a.ts#focal"]);
});

test("a file that is no text, or larger than anybody writes, is passed over", async () => {
  const folder = project({
    "large.js": FOCAL + " ".repeat(2 ** 19),
    "odd.js": `\0\uFFFF${"\u0001".repeat(9)}`,
    "a.js": FOCAL,
  });
  expect(await losses(folder)).toEqual(["a.js#focal"]);
});
