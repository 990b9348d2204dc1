import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { cleanFolder, root, script, worse, writeProject } from "./project.js";

const { inputs, runs } = parse(readFileSync(join(root, "action.yml"), "utf8"));
const workspace = cleanFolder();

/** What a step wrote into GITHUB_OUTPUT. */
function outputsIn(text: string): Record<string, string> {
  const found = text.matchAll(/^(\S+)<<(\S+)\n([\s\S]*?)\n\2\n/gm);
  return Object.fromEntries(Array.from(found, ([, name, , value]) => [name, value]));
}

/** Runs the step of action.yml as GitHub does. */
async function act(given: Record<string, string>) {
  const temporary = mkdtempSync(join(cleanFolder(), "runner "));
  const [output, summary] = ["output", "summary"].map((name) => join(temporary, name));
  const inputOf = (name: string) => given[name] ?? inputs[name].default;
  const [step] = runs.steps;
  const env = Object.entries(step.env as Record<string, string>).map(([name, expression]) => [
    name,
    expression.replace(/^\$\{\{ inputs\.(\S+) \}\}$/, (_, input) => inputOf(input)),
  ]);
  const ran = await script(step.run, workspace, {
    ...Object.fromEntries(env),
    GITHUB_ACTION_PATH: root,
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: temporary,
  });
  const read = (file: string) => (existsSync(file) ? readFileSync(file, "utf8") : "");
  return { ...ran, outputs: outputsIn(read(output)), summary: read(summary) };
}

const folder = join(workspace, "my losses");
const inFolder = { "working-directory": "my losses" };

beforeAll(async () => {
  mkdirSync(folder);
  writeProject(folder);
  await script("git init --quiet", workspace);
  const { exitCode } = await script("node_modules/.bin/audit gate --update", folder);
  expect(exitCode).toBe(0);
});

test("what is as good as the baseline passes, and reports are where the outputs say", async () => {
  const report = "sarif=audit.sarif, junit=my results.xml";
  const { exitCode, outputs, summary } = await act({ ...inFolder, report });
  expect(outputs).toEqual({
    "exit-code": "0",
    failing: "0",
    cured: "0",
    reports: "my losses/audit.sarif\nmy losses/my results.xml",
  });
  expect(exitCode).toBe(0);
  expect(summary).toContain("audit gate passes");
  for (const file of outputs.reports.split("\n")) expect(existsSync(join(workspace, file))).toBe(true);
});

test("a loss that is worse fails, with an annotation on its line", async () => {
  writeFileSync(join(folder, "a.ts"), worse);
  const { exitCode, outputs, stdout } = await act(inFolder);
  expect(outputs["exit-code"]).toBe("1");
  expect(Number(outputs.failing)).toBeGreaterThan(0);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^::error file=my losses\/a\.ts,line=2,title=/m);
  expect(stdout).not.toContain("audit gate ends with");
});

test.each([
  [{ ...inFolder, config: "no such.json" }, /no such\.json/],
  [{ ...inFolder, baseline: "no such.json" }, /no such\.json/],
  [{ "working-directory": "nowhere" }, /^working-directory: there is no folder .*nowhere\.$/m],
])("what can't be audited, as with %j, is told apart by exit code 2", async (given, reason) => {
  const { exitCode, outputs, stdout, stderr } = await act(given);
  expect(stderr).toMatch(reason);
  expect(stdout).toContain("::error title=audit gate ends with 2::");
  expect(outputs).toEqual({ "exit-code": "2", reports: "" });
  expect(exitCode).toBe(2);
});

test("nothing in an input is run", async () => {
  const hostile = `cpu"; touch "${workspace}/pwned"; $(touch "${workspace}/pwned") \`touch "${workspace}/pwned"\``;
  const names = Object.keys(inputs).filter((name) => name !== "working-directory");
  const given = Object.fromEntries(names.map((name) => [name, hostile]));
  expect((await act({ ...inFolder, ...given })).exitCode).toBe(2);
  expect((await act({ "working-directory": hostile })).exitCode).toBe(2);
  expect(readdirSync(workspace)).not.toContain("pwned");
});

test("a project without loss-audit is audited with that of the action; args reach it one a line", async () => {
  rmSync(join(folder, "node_modules"), { recursive: true });
  const { exitCode, outputs, stdout } = await act({ ...inFolder, args: "--fail-on=never\n--quiet" });
  expect(outputs).toMatchObject({ "exit-code": "0", failing: "0" });
  expect(stdout).toContain("audit gate passes");
  expect(exitCode).toBe(0);
});
