import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { folder, type Outcome, runProgram } from "../audit.js";

const PROJECT = `it's "my" pröject 100%41 #1 & co [x] {y} $HOME \`id\` 😀 עברית`;
const project = join(folder, PROJECT);
const FOLDER = "lösses & co";
const ODD = `q'uo"te #1 100%41 & $x; [a] 日本語 😀 שלום`;
const LOSSES = ["-dash.mjs", `${FOLDER}/${ODD}.mjs`];
const CORPUS = "cörpus & co";
const CONFIG = "audit.config.json";
const BASELINE = "audit-baseline.json";

/** As editors on Windows write it. */
const windows = (text: string) => `\uFEFF${text.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n")}`;

const path = (...names: string[]) => join(project, ...names);
const read = (...names: string[]) => readFileSync(path(...names), "utf8");

const env = { PROJECT: project, PATH: `${folder}/bin:${process.env.PATH}` };

/** Runs a line of a shell in the project, in which `audit` is the command. */
function inProject(line: string): Promise<Outcome> {
  return runProgram("sh", ["-c", `cd "$PROJECT" && ${line}`], { env });
}

/** Runs the gate there, which has nothing to complain about but findings. */
async function gate(exitCode: number, ...args: string[]): Promise<string> {
  const outcome = await runProgram(
    "sh",
    ["-c", 'cd "$PROJECT" && exec audit gate --quiet "$@"', "sh", ...args],
    { env },
  );
  expect({ stderr: outcome.stderr, exitCode: outcome.exitCode }).toEqual({ stderr: "", exitCode });
  return outcome.stdout;
}

function git(...args: string[]): void {
  const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  execFileSync("git", [...identity, ...args], { cwd: project, stdio: "ignore" });
}

beforeAll(() => {
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin", "audit"), 'exec $AUDIT "$@"\n');
  chmodSync(join(folder, "bin", "audit"), 0o755);
  mkdirSync(path(FOLDER), { recursive: true });
  const bodies = ["tf.log(tf.exp(x).add(1)).sub(x.mul(z))", "tf.exp(x).sub(x.mul(z)).sum(-1)"];
  for (const [i, name] of LOSSES.entries()) {
    const text = `import * as tf from "@tensorflow/tfjs";\n\nexport const naive = (x, z) =>\n  ${bodies[i]};\n`;
    writeFileSync(path(name), windows(text));
  }
  const config = {
    losses: [
      LOSSES[0],
      { loss: `${FOLDER}/*.mjs`, heatmaps: 0, fuzz: { runs: 40, property: ["overflow"], corpus: CORPUS } },
    ],
    ...{ targets: "cpu", points: 33, labels: [0] },
  };
  writeFileSync(path(CONFIG), windows(JSON.stringify(config, null, 2)));
  git("init", "--initial-branch=main");
});

/** What of a result of SARIF says where it is. */
interface Result {
  locations: {
    physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } };
  }[];
}

/** The commands that a text for people ends its findings with, as somebody copies them. */
function commandsIn(text: string): string[] {
  const found = [...text.matchAll(/^ {2}\$ (audit (?:.*\\\n)*.*)\n/gm)].map(([, command]) => command);
  return [...new Set(found)];
}

// One story: the project is handed on from test to test.
describe("a project with every sign in its names, and files with line ends of Windows", () => {
  test("fails the gate with commands that can be pasted into a shell", async () => {
    const commands = commandsIn(await gate(1));
    const starts = [
      /^audit explain \.\/-dash/,
      /^audit explain[ \n\\]+'lösses/,
      /^audit fuzz[ \n\\]+--replay='cörpus & co\//,
    ];
    for (const start of starts) expect(commands.some((command) => start.test(command))).toBe(true);
    const outcomes = await Promise.all(commands.map(inProject));
    for (const [i, outcome] of outcomes.entries()) {
      expect(outcome.exitCode, commands[i]).toBe(0);
      expect(outcome.stdout, commands[i]).toContain("Infinity");
    }
  });

  test("accepts the present state by its names", async () => {
    await gate(0, "--update");
    expect(read(BASELINE)).toContain(JSON.stringify(`${ODD}#naive`));
    expect(readdirSync(path(CORPUS)).length).toBeGreaterThan(0);
    for (const names of [[BASELINE], ...readdirSync(path(CORPUS)).map((name) => [CORPUS, name])]) {
      writeFileSync(path(...names), windows(read(...names)));
    }
    git("add", "--all");
    git("commit", "--message=first");
  });

  test("--changed tells a loss that has changed from the others", async () => {
    expect(await gate(0, "--changed")).toContain("No loss has changed since HEAD");
    const changed = path(LOSSES[1]);
    writeFileSync(changed, `${readFileSync(changed, "utf8")}// changed\r\n`);
    const report = JSON.parse(await gate(0, "--changed=HEAD", "--json"));
    expect(report).toMatchObject({ exitCode: 0, errors: [], audited: { losses: 1 } });
    expect(report.changed.unchanged).toEqual(["-dash"]);
  });

  test("keeps its line ends, and has reports in files of any name, whose places are those of the losses", async () => {
    const out = `repörts #1 & co/o'ut "1" 100%41`;
    const formats = ["json", "sarif", "junit", "markdown", "html", "github"];
    const before = read(BASELINE);
    const said = await gate(0, "--update", ...formats.map((format) => `--report=${format}=${out}.${format}`));
    expect(said).toContain(`${BASELINE} is as it was: nothing has changed.`);
    expect(read(BASELINE)).toBe(before);
    for (const format of formats) expect(read(`${out}.${format}`)).toContain("日本語 😀 שלום");
    const [run] = JSON.parse(read(`${out}.sarif`)).runs;
    const places = (run.results as Result[]).map(({ locations: [{ physicalLocation }] }) => physicalLocation);
    const files = new Set<string>();
    for (const { artifactLocation, region } of places) {
      expect(artifactLocation.uri).toMatch(/^[\w\-.~!$&'()*+,;=:@/%]+$/);
      const file = decodeURIComponent(artifactLocation.uri);
      files.add(file);
      expect(existsSync(path(file)), file).toBe(true);
      expect([3, 4]).toContain(region.startLine);
    }
    expect([...files].sort()).toEqual(LOSSES);
  });
});
