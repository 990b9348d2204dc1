import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { audit, bash, folder, onTerminal } from "../e2e/audit.js";

const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));
const LOSSES = `import * as tf from "@tensorflow/tfjs";
export const focal = (logits: tf.Tensor, labels: tf.Tensor) => tf.losses.sigmoidCrossEntropy(labels, logits, 1, 0, tf.Reduction.NONE);
export function keras(yTrue: tf.Tensor, yPred: tf.Tensor) { return tf.mul(yTrue, yPred); }
export const nllLoss = (logits: tf.Tensor, labels: tf.Tensor) => tf.neg(tf.mul(labels, tf.logSigmoid(logits)));
`;

let projects = 0;
/** A project in TypeScript with two losses; its name is a path in the folder of the commands. */
function project(files: Record<string, string> = { "losses.ts": LOSSES }): string {
  const name = `project ${projects++}`;
  mkdirSync(join(folder, name));
  for (const [file, text] of Object.entries({ "tsconfig.json": "{}", ...files })) {
    writeFileSync(join(folder, name, file), text);
  }
  return name;
}

const configOf = (name: string) => join(folder, name, "audit.config.ts");
const textOf = (name: string) => readFileSync(configOf(name), "utf8");

test("without a terminal it asks nothing, says what it found and passed over, and what is next, in 80 columns", async () => {
  const name = project();
  const { stdout, stderr, exitCode } = await bash(`cd '${name}' && $AUDIT init`);
  const found =
    "2 functions that look like a loss:\n  1  losses.ts#focal (logits, labels)\n  2  losses.ts#nllLoss";
  expect(stdout.startsWith(found)).toBe(true);
  expect(stdout).toMatch(/\n\nPassed over:\n {2}losses\.ts#keras: it takes the labels first, /);
  expect(stdout).toMatch(/\n\nWrote audit\.config\.ts with 2 losses\.\n\nNext:\n/);
  for (const step of ["npm install --save-dev loss-audit", "npx audit gate --update", "npx audit gate"]) {
    expect(stdout).toContain(`\n  ${step}`);
  }
  expect(stdout).toContain("\n  git add audit.config.ts audit-baseline.json\n");
  expect(widest(stdout)).toBeLessThanOrEqual(80);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });

  const again = await bash(`cd '${name}' && $AUDIT init`);
  expect(again).toEqual({
    stdout: "",
    stderr: "Error: audit.config.ts is there already. Edit it, or replace it with --force.\n",
    exitCode: 2,
  });
  expect((await bash(`cd '${name}' && $AUDIT init --force`)).exitCode).toBe(0);
});

test("what it writes runs in audit gate", async () => {
  const name = project({ "losses.ts": LOSSES.split("\n").slice(0, 2).join("\n") });
  // On a slow machine its progress is on stderr.
  const { stdout, exitCode } = await bash(
    `cd '${name}' && $AUDIT init >/dev/null && $AUDIT gate --update --json`,
  );
  const report = JSON.parse(stdout);
  expect(report.errors).toEqual([]);
  expect(report.audited).toMatchObject({ losses: 1, implementations: 1 });
  expect(report.runs).toBe(2000);
  expect(exitCode).toBe(0);
  expect(existsSync(join(folder, name, "audit-baseline.json"))).toBe(true);
});

test("without a loss it writes a place for one, which audit gate asks for", async () => {
  const name = project({ "index.ts": "export {};" });
  const init = await bash(`cd '${name}' && $AUDIT init`);
  expect(init.stdout).toMatch(/^No function in 1 source file looks like a loss: /);
  expect(init.stdout).toContain("\n  edit audit.config.ts");
  expect(init.exitCode).toBe(0);
  const gate = await bash(`cd '${name}' && $AUDIT gate`);
  expect(gate.stdout + gate.stderr).toContain("./your-loss.ts does not exist");
  expect(gate.exitCode).toBe(2);
});

test("--json prints one document and asks nothing, also on a terminal", async () => {
  const name = project();
  const { stdout, exitCode } = await onTerminal(`cd '${name}' && $AUDIT init --json`);
  expect(JSON.parse(stdout)).toEqual({
    schema: 1,
    command: "init",
    file: "audit.config.ts",
    losses: [
      { loss: "losses.ts#focal", parameters: ["logits", "labels"], from: "logits" },
      { loss: "losses.ts#nllLoss", parameters: ["logits", "labels"], from: "logits" },
    ],
    skipped: [{ loss: "losses.ts#keras", reason: expect.stringContaining("the labels first") }],
    exitCode: 0,
  });
  expect(exitCode).toBe(0);
  expect(textOf(name)).toContain('"losses.ts#focal",\n    "losses.ts#nllLoss",');
});

/** What is shown on a terminal where these are typed, each when it is asked for something. */
async function answered(name: string, ...answers: string[]) {
  const left = [...answers];
  let asked = 0;
  return onTerminal(`cd '${name}' && { $AUDIT init; echo "code $?"; stty -a; }`, {
    onOutput(text, child) {
      const questions = text.split("] ").length - 1;
      if (questions > asked && left.length > 0) {
        asked = questions;
        child.stdin?.write(left.shift() as string);
      }
    },
  });
}

test.each<[what: string, answers: string[], losses: string[]]>([
  ["Enter takes all", ["\n"], ["focal", "nllLoss"]],
  ["a number takes one", ["2\n"], ["nllLoss"]],
  ["what can't be read is asked again", ["3\n", "what\n", "y\n"], ["focal", "nllLoss"]],
])("on a terminal it asks, and %s", async (_, answers, losses) => {
  const name = project();
  const { stdout } = await answered(name, ...answers);
  expect(stdout).toContain("Write audit.config.ts with all of them? [Y/n, or numbers such as 1,2] ");
  expect(stdout.split("Answer yes or no, or numbers from 1 to 2.")).toHaveLength(answers.length);
  expect(stdout).toContain("code 0");
  for (const loss of ["focal", "nllLoss"]) {
    expect(textOf(name).includes(`"losses.ts#${loss}"`)).toBe(losses.includes(loss));
  }
});

test.each<[what: string, answer: string, code: number]>([
  ["no", "no\n", 0],
  ["Ctrl-C", "\u0003", 130],
  ["the end of the input", "\u0004", 2],
])("%s writes nothing, and leaves the terminal as it was", async (_, answer, code) => {
  const name = project();
  const { stdout } = await answered(name, answer);
  expect(stdout).toContain("Nothing was written.");
  expect(stdout).toContain(`code ${code}\r\n`);
  expect(stdout).toMatch(/ icanon /);
  expect(stdout).toMatch(/ echo /);
  expect(existsSync(configOf(name))).toBe(false);
});

test("--yes asks nothing on a terminal", async () => {
  const name = project();
  const { stdout } = await onTerminal(`cd '${name}' && $AUDIT init --yes`);
  expect(stdout).not.toContain("?");
  expect(existsSync(configOf(name))).toBe(true);
});

test("--help explains it in 80 columns", async () => {
  const { stdout, exitCode } = await audit(["init", "--help"]);
  for (const flag of ["yes", "force", "json", "no-color"])
    expect(stdout).toMatch(new RegExp(`^  --${flag} +\\S`, "m"));
  expect(widest(stdout)).toBeLessThanOrEqual(80);
  expect(exitCode).toBe(0);
});
