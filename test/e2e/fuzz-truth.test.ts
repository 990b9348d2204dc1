import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { audit, bash, folder, userFile } from "./audit.js";

const files = (corpus: string) => readdirSync(join(folder, corpus)).sort();

const three = userFile(
  "three.mjs",
  `import * as tf from "@tensorflow/tfjs";
   export const one = (x, z) => tf.softplus(x).sub(x.mul(z));
   export const two = (x, z) => tf.relu(x).sub(x.mul(z)).add(tf.log1p(tf.exp(tf.neg(tf.abs(x)))));
   export const other = (x, z) => tf.softplus(x).sub(x.mul(z).mul(1.5));`,
);
const few = ["--seed", "1", "--runs", "100"];

test("nothing is cured that was only tried without what it was held against", async () => {
  await audit(["fuzz", three, ...few, "--property", "semantic,divergence", "--corpus", "alone"]);
  expect(files("alone").length).toBeGreaterThan(0);
  const alone = await audit([
    "fuzz",
    `${three}#other`,
    ...few,
    "--property",
    "semantic,divergence",
    "--corpus",
    "alone",
    "--json",
  ]);
  expect(JSON.parse(alone.stdout).cured).toEqual([]);
  const [file] = files("alone").filter((name) => name.includes("semantic"));
  const { stdout } = await audit(["explain", `alone/${file}`]);
  expect(stdout).toMatch(/^(value|gradient) .*warning: semantic$/m);
});

test("nothing is cured by a wider tolerance", async () => {
  const args = ["fuzz", `${three}#one`, ...few, "--property", "inaccurate", "--corpus", "tolerant"];
  await audit(args);
  expect(files("tolerant").length).toBeGreaterThan(0);
  const { stdout } = await audit([...args, "--rtol", "0.1", "--json"]);
  expect(JSON.parse(stdout).cured).toEqual([]);
});

test("a training run that is in the corpus is not found a second time", async () => {
  const args = ["fuzz", three, ...few, "--property", "training", "--corpus", "trained"];
  await audit(args);
  const first = files("trained");
  expect(first.length).toBeGreaterThan(0);
  await audit(args);
  expect(files("trained")).toEqual(first);
});

test("a replay of an implementation that is gone fails, and says so", async () => {
  const text = (name: string) =>
    `import * as tf from "@tensorflow/tfjs";\nexport const ${name} = (x) => tf.exp(x);\n`;
  const loss = userFile("goes.mjs", text("before"));
  await audit(["fuzz", loss, ...few, "--property", "overflow", "--corpus", "gone"]);
  userFile("goes.mjs", text("after"));
  const { stdout, stderr, exitCode } = await audit(["fuzz", "--replay", `gone/${files("gone")[0]}`]);
  expect(stdout + stderr).toMatch(/"before"/);
  expect(exitCode).toBe(2);
});

test("the command of one export replays it, though the file has others that are no implementations of it", async () => {
  const loss = userFile(
    "mixed.mjs",
    `import * as tf from "@tensorflow/tfjs";
     export const element = (x) => tf.softplus(x);
     export const row = (x, z) => x.exp().div(x.exp().sum(-1, true)).log().mul(z).sum(-1).neg();`,
  );
  await audit(["fuzz", `${loss}#row`, ...few, "--property", "nan", "--corpus", "mixed"]);
  const { stdout, exitCode } = await audit(["fuzz", "--replay", `mixed/${files("mixed")[0]}`]);
  expect(stdout).toMatch(/^error {2}mixed row on cpu/);
  expect(exitCode).toBe(0);
});

test("what is in the corpus leaves --max-findings to the search", async () => {
  const args = ["fuzz", "softplus", ...few, "--property", "nan,overflow", "--corpus", "most"];
  await audit(args);
  const { stdout, exitCode } = await audit([...args, "--max-findings", "1", "--json"]);
  expect(JSON.parse(stdout).runs).toBeGreaterThan(0);
  expect(exitCode).toBe(0);
});

test("two losses are printed in the order in which they were given, however fast they are", async () => {
  const line = `fuzz log-sum-exp softplus ${few.join(" ")} --property nan,overflow --corpus order`;
  const usual = await bash(`$AUDIT ${line}`);
  const losses = [...usual.stdout.matchAll(/^error {2}(\S+)/gm)].map(([, name]) => name);
  expect(losses).toEqual([...losses].sort((a, b) => (a === b ? 0 : a === "log-sum-exp" ? -1 : 1)));
});

test("the boundary of a row whose exact values need many bits is where it begins to fail", async () => {
  const loss = userFile(
    "rows.mjs",
    "export const row = (x, z) => x.exp().div(x.exp().sum(-1, true)).log().mul(z).sum(-1).neg();\n",
  );
  const { stdout } = await audit(["fuzz", loss, ...few, "--property", "nan", "--corpus", "rows", "--json"]);
  const [finding] = JSON.parse(stdout).findings;
  // The first float32 whose exp overflows: log(2^128) = 88.722839.
  expect(finding.region.from.bits).toBe("0x42b17218");
});

test("training through a model: its example of several logits is explained", async () => {
  userFile(
    "model.mjs",
    `import * as tf from "@tensorflow/tfjs";
     export const model = { parameters: [-20, -20], labels: [[1], [0]],
       logits: (w) => tf.matMul(tf.tensor2d([[1, 2], [-1, -2]]), w.reshape([2, 1])) };`,
  );
  const loss = userFile(
    "trains.mjs",
    `import * as tf from "@tensorflow/tfjs";
     export const loss = (x, z) => tf.log(tf.exp(x).add(1)).sub(x.mul(z));`,
  );
  const found = await audit([
    "fuzz",
    loss,
    "--train",
    "./model.mjs",
    ...few,
    "--property",
    "training",
    "--corpus",
    "model",
  ]);
  expect(found.exitCode).toBe(0);
  const { stdout } = await audit(["explain", `model/${files("model")[0]}`]);
  expect(stdout).toMatch(/^gradient.* error: (nan|overflow)$/m);
});

test("a word too many is a mistake of the user, not a fault of audit", async () => {
  const { stderr, exitCode } = await audit(["explain", "softplus", "naive", "--at", "1"]);
  expect(stderr).not.toContain("fault of audit");
  expect(stderr).toContain("naive");
  expect(exitCode).toBe(2);
});
