import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeNpy } from "../../src/inputs/write-npy.js";
import { audit, folder, userFile } from "./audit.js";

const softplus = 'import * as tf from "@tensorflow/tfjs";\nexport const loss = (x) => tf.softplus(x);\n';

test("what was typed is found where it was typed, wherever a user's file goes", async () => {
  mkdirSync(join(folder, "maps"), { recursive: true });
  const map = Float32Array.of(-1, 0, 1, 2);
  await writeNpy(join(folder, "maps/logits.npy"), [1, 2, 2, 1], map);
  await writeNpy(join(folder, "maps/labels.npy"), [1, 2, 2, 1], map.fill(1));
  const atImport = userFile("leaves.mjs", `process.chdir("/");\n${softplus}`);
  const inCall = userFile(
    "wanders.mjs",
    'import * as tf from "@tensorflow/tfjs";\nexport const loss = (x) => { process.chdir("/"); return tf.softplus(x); };\n',
  );
  const files = ["--logits", "maps/logits.npy", "--label-map", "./maps/labels.npy"];
  const { stdout, exitCode } = await audit(["sweep", atImport, inCall, "softplus#naive", ...files, "--json"]);
  const { errors, losses } = JSON.parse(stdout);
  expect(errors).toEqual([]);
  expect(losses.map(({ loss }: { loss: string }) => loss)).toEqual(["leaves", "wanders", "softplus"]);
  expect(exitCode).toBe(0);

  const explained = await audit(["explain", atImport, ...files, "--json"]);
  expect(JSON.parse(explained.stdout)).toMatchObject({ errors: [], exitCode: 0 });
  expect(JSON.parse(explained.stdout).points[0].kernels[0].line.file).toMatch(/leaves\.mjs$/);
});

test("a loss that runs out of memory is said so, without the dump of V8, and the others are audited", async () => {
  const greedy = userFile(
    "greedy.mjs",
    `import * as tf from "@tensorflow/tfjs";
     const kept = [];
     export const bad = () => { for (;;) kept.push(Array.from({ length: 1000 }, (_, i) => [i])); };
     export const good = (x) => tf.softplus(x);`,
  );
  const { stdout, stderr, exitCode } = await audit(
    ["sweep", greedy, "softplus#library", "--target", "cpu", "--points", "11"],
    { env: { NODE_OPTIONS: "--max-old-space-size=200" } },
  );
  expect(stdout.replaceAll("\n  ", " ")).toMatch(
    /^not audited {2}\.\/greedy\.mjs bad.*: The process in which it ran ran out of memory: JavaScript's heap may have \d+ MB\./m,
  );
  expect(stdout).toMatch(/^good +cpu +(ok|note) /m);
  expect(stdout).toMatch(/^library +cpu +(ok|note) /m);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 2 });
});

test("what a loss prints goes to stderr, all of it, and the report to stdout alone", async () => {
  const lines = 100_000;
  const chatty = userFile(
    "chatty.mjs",
    `for (let i = 0; i < ${lines}; i++) console.log(\`\${i} \${"=".repeat(90)}\`);
     console.error("and this");
     ${softplus}`,
  );
  const { stdout, stderr, exitCode } = await audit([
    "sweep",
    chatty,
    "--target",
    "cpu",
    "--points",
    "11",
    "--json",
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ errors: [], exitCode: 0 });
  expect(stderr.match(/^\d+ =+$/gm)).toHaveLength(lines);
  expect(stderr).toContain("and this\n");
  expect(exitCode).toBe(0);
});
