import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { FuzzReport } from "../../src/fuzz/report.js";
import { audit, bash, folder, userFile } from "./audit.js";

/** Puts a loss of the fixtures where the commands run. */
function copied(name: string): string {
  const from = fileURLToPath(new URL(`../../fixtures/user-losses/fuzz/${name}`, import.meta.url));
  copyFileSync(from, join(folder, name));
  return `./${name}`;
}

const read = (corpus: string, name: string) => readFileSync(join(folder, corpus, name), "utf8");
const filesOf = (corpus: string) => readdirSync(join(folder, corpus)).sort();
const contents = (corpus: string) => filesOf(corpus).map((name) => [name, read(corpus, name)]);

/** What a finding says, and the command that it ends with. */
function findingsIn(text: string): { body: string; command: string }[] {
  return [...text.matchAll(/^((?:error|warning) {2}[^$]*)^ {2}\$ (audit (?:.*\\\n)*.*)\n/gm)].map(
    ([, body, command]) => ({ body, command: command.replaceAll(/ \\\n +/g, " ") }),
  );
}

test("every printed command shows its failure again: of an element, a row, a training run through a model", async () => {
  const few = "--seed 1 --runs 40 --corpus kept";
  const model = `--train ${copied("model.ts")}`;
  const runs = await Promise.all([
    bash(`$AUDIT fuzz ${copied("overflows.ts")} ${few} --property overflow`),
    bash(`$AUDIT fuzz ${copied("rows.ts")} ${few} --property nan`),
    bash(`$AUDIT fuzz ./overflows.ts ${model} ${few}-of-model --property training`),
  ]);
  const [element, row, training] = runs.map(({ stdout }) => findingsIn(stdout));
  expect(element).toHaveLength(1);
  const { stdout: explained } = await bash(element[0].command.replace("audit", "$AUDIT"));
  expect(explained).toMatch(/^value +Infinity +100 +inf {2}error: overflow$/m);

  expect(row.length).toBeGreaterThan(0);
  expect(training.length).toBeGreaterThan(0);
  expect(training[0].body).toMatch(/from the\s+parameters of the model reaches (NaN|Infinity) in step \d+/);
  for (const { body, command } of [row[0], training[0]]) {
    expect(command).toMatch(/^audit fuzz --replay=kept\S*\.json$/);
    const { stdout, stderr, exitCode } = await bash(command.replace("audit", "$AUDIT"));
    expect(findingsIn(stdout)).toEqual([{ body, command }]);
    expect(stdout).toMatch(/^1 failure tried again: 1 error, 0 warnings, 0 notes\.$/m);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  }
});

test("audit explain takes a file of the corpus: an element, a row and a map", async () => {
  const few = ["--seed", "1", "--runs", "40", "--property", "nan", "--corpus", "explained"];
  const map = "heatmap-focal#naive";
  await audit(["fuzz", "softplus#naive", "log-sum-exp#naive", map, ...few]);
  const files = filesOf("explained");
  for (const loss of ["softplus", "log-sum-exp", "heatmap-focal"]) {
    const file = files.find((name) => name.startsWith(loss)) as string;
    const { stdout, exitCode } = await audit(["explain", `explained/${file}`, "--json"]);
    const { points, errors } = JSON.parse(stdout);
    const { implementation, quantity, example, index } = JSON.parse(read("explained", file));
    expect({ errors, exitCode }).toEqual({ errors: [], exitCode: 0 });
    expect(points).toHaveLength(1);
    expect(points[0]).toMatchObject({ loss, implementation });
    expect(points[0].input.bits).toBe(example.logits[index].bits);
    const shown = quantity === "value" ? points[0].value : (points[0].gradient ?? points[0].gradients[index]);
    expect(shown.verdict).toBe("nan");
  }
});

test("what fails is kept, also in a folder of any name; what was mended is cured, and what is corrupt is passed over", async () => {
  const corpus = "my corpus/ñandú 語";
  const loss = userFile(
    "mended.mjs",
    'import * as tf from "@tensorflow/tfjs";\nexport const loss = (x) => tf.log(tf.exp(x).add(1));\n',
  );
  const few = ["--seed", "1", "--runs", "40", "--property", "nan,overflow", "--corpus", corpus];
  const before = await audit(["fuzz", loss, ...few]);
  expect(before.stdout).toContain("error  mended loss on cpu: the value overflows");
  const kept = contents(corpus);
  expect(kept.map(([name]) => name)).toEqual([
    expect.stringMatching(/^mended-loss-cpu-gradient-nan-Exp-[0-9a-f]{8}\.json$/),
    expect.stringMatching(/^mended-loss-cpu-value-overflow-Exp-[0-9a-f]{8}\.json$/),
  ]);

  writeFileSync(join(folder, corpus, "corrupt.json"), '{"schema": 1,\n');
  const still = await audit(["fuzz", loss, ...few]);
  expect(still.stderr.replaceAll("\n  ", " ")).toBe(
    `Warning: ${corpus}/corrupt.json: it ends too early, in line 2. Correct it or delete it. It was passed over.\n`,
  );
  expect(
    findingsIn(still.stdout)
      .map(({ body }) => body)
      .sort(),
  ).toEqual(
    findingsIn(before.stdout)
      .map(({ body }) => body)
      .sort(),
  );

  userFile(
    "mended.mjs",
    'import * as tf from "@tensorflow/tfjs";\nexport const loss = (x) => tf.softplus(x);\n',
  );
  const after = await audit(["fuzz", loss, ...few, "--json"]);
  const report = JSON.parse(after.stdout);
  expect(report).toMatchObject({ findings: [], errors: [], exitCode: 0 });
  expect(report.warnings).toEqual([expect.stringContaining("corrupt.json: it ends too early")]);
  expect(report.cured).toEqual([
    { id: "mended/loss/cpu/gradient/nan/Exp", file: `${corpus}/${kept[0][0]}` },
    { id: "mended/loss/cpu/value/overflow/Exp", file: `${corpus}/${kept[1][0]}` },
  ]);
  // Nobody but the user deletes or changes an entry.
  expect(contents(corpus)).toEqual([["corrupt.json", '{"schema": 1,\n'], ...kept]);

  const replayed = await bash(`$AUDIT fuzz --replay '${corpus}/${kept[1][0]}'`);
  expect(replayed.stdout.replaceAll("\n       ", " ")).toMatch(
    /^cured {2}mended\/loss\/cpu\/value\/overflow\/Exp \(/,
  );
  expect(replayed.stdout).toMatch(/^1 failure tried again: 0 errors, 0 warnings, 0 notes; 1 cured\.$/m);
  expect(replayed.exitCode).toBe(0);
});

test("a replay of what can't be tried is not a success", async () => {
  writeFileSync(join(folder, "corrupt.json"), "{");
  const loss = userFile(
    "moves.mjs",
    'import * as tf from "@tensorflow/tfjs";\nexport const loss = (x) => tf.exp(x);\n',
  );
  await audit(["fuzz", loss, "--runs", "40", "--seed", "1", "--property", "overflow", "--corpus", "moved"]);
  const [file] = filesOf("moved");
  const entry = JSON.parse(read("moved", file));
  writeFileSync(join(folder, "gone.json"), JSON.stringify({ ...entry, loss: "./gone.mjs" }));
  const mistakes: [file: string, message: RegExp][] = [
    ["corrupt.json", /^Error: corrupt\.json: it ends too early, in line 1\./],
    [
      "moves/loss/cpu/value/overflow/Eqp",
      /^Error: There is no file .* Did you mean "moves\/loss\/cpu\/value\/overflow\/\w+"\?/,
    ],
    ["gone.json", /^not audited {2}\.\/gone\.mjs#loss on cpu: \.\/gone\.mjs does not exist\./],
  ];
  for (const [what, message] of mistakes) {
    const { stdout, stderr, exitCode } = await audit(["fuzz", "--replay", what, "--corpus", "moved"]);
    expect((stderr + stdout).replaceAll("\n  ", " ")).toMatch(message);
    expect(exitCode).toBe(2);
  }
});

test("--implementation searches these alone, and tries again what was kept of them", async () => {
  const loss = userFile(
    "two.mjs",
    `import * as tf from "@tensorflow/tfjs";
export const first = (x) => tf.log(tf.exp(x).add(1));
export const second = (x) => tf.log(tf.add(1, tf.exp(x)));
`,
  );
  const few = ["--seed", "1", "--runs", "40", "--property", "nan,overflow", "--corpus", "of-two"];
  const reportOf = async (args: string[]): Promise<FuzzReport> =>
    JSON.parse((await audit(["fuzz", loss, ...few, ...args, "--json"])).stdout);
  const all = await reportOf([]);
  expect(all.searched.map(({ implementation }) => implementation)).toEqual(["first", "second"]);
  const kept = all.findings.filter(({ implementation }) => implementation === "second").map(({ id }) => id);
  expect(kept.length).toBeGreaterThan(0);
  const { searched, findings, exitCode } = await reportOf(["--implementation", "second"]);
  expect(searched).toEqual([{ loss: "two", implementation: "second", target: "cpu" }]);
  // 0 inputs had been tried: they come from the corpus.
  expect(findings.map(({ id, runs }) => [id, runs])).toEqual(kept.map((id) => [id, 0]));
  expect(exitCode).toBe(0);

  const typo = await audit(["fuzz", "softplus", ...few, "--implementation", "librari"]);
  expect(typo.exitCode).toBe(2);
  expect(typo.stderr.replaceAll("\n  ", " ")).toContain(
    'There is no implementation "librari". Did you mean "library"? softplus has naive,',
  );
});
