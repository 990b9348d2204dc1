import { describe, expect, test } from "vitest";
import { examplesOf, outputsOf, Project } from "./project.js";

/** What a runner says of one test, in the JSON that vitest has from jest. */
interface Assertion {
  title: string;
  status: string;
  failureMessages: string[];
}

function assertionsIn(project: Project, file: string): Assertion[] {
  const { testResults } = JSON.parse(project.read(file)) as {
    testResults: { assertionResults: Assertion[]; message: string }[];
  };
  return testResults.flatMap(({ assertionResults, message }) =>
    assertionResults.length > 0
      ? assertionResults
      : [{ title: message, status: "none", failureMessages: [] }],
  );
}

const statuses = (assertions: Assertion[]) =>
  Object.fromEntries(assertions.map(({ title, status }) => [title, status]));
const messageOf = (assertions: Assertion[], title: string) =>
  assertions.find((one) => one.title === title)?.failureMessages.join("\n") ?? "";

const oneLine = (text: string) => text.replaceAll(/\s+/g, " ");

const examples = examplesOf("programming.md");
const [failureText] = outputsOf("programming.md");

describe("in a project with vitest", { timeout: 120_000 }, () => {
  const project = new Project("vitest");
  for (const [path, text] of examples) if (path.endsWith(".ts")) project.write(path, text);

  const passing = {
    "cross entropy is numerically stable": "passed",
    "the first version of it was not": "passed",
  };

  test.each([
    ["threads", "", passing],
    ["forks", "failing", {}],
  ])("in %s, assertions pass and fail as they should", async (pool, filter, passed) => {
    const output = `${pool}.json`;
    const args = ["run", filter, `--pool=${pool}`, "--testTimeout=60000"];
    args.push("--reporter=json", `--outputFile=${output}`);
    const { exitCode } = await project.node(["node_modules/vitest/vitest.mjs", ...args]);
    const assertions = assertionsIn(project, output);
    expect(statuses(assertions)).toEqual({
      ...passed,
      unstable: "failed",
      "unstable, in a process of its own": "failed",
      "not unstable": "failed",
    });
    expect(exitCode).toBe(1);
    expect(messageOf(assertions, "unstable")).toContain(failureText);
    const apart = messageOf(assertions, "unstable, in a process of its own");
    expect(apart).toContain("error  cross-entropy naive: the value overflows, the gradient is NaN");
    expect(apart).toContain("overflows (cross-entropy.ts:10)");
    expect(apart).toContain("$ audit explain ./losses/cross-entropy.ts#naive --at=88.72284");
    expect(messageOf(assertions, "not unstable")).toContain("Nothing as severe as error was found on cpu");
  });

  test("TypeScript knows the assertion and the interface", async () => {
    const { stdout, exitCode } = await project.node(["node_modules/typescript/bin/tsc", "-p", "."]);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 0 });
  });

  test("the programs of the documentation run", async () => {
    const [report, search] = await Promise.all(
      ["report", "ten-seconds"].map((name) => project.node(["--import", "tsx", `programs/${name}.ts`])),
    );
    expect(report.exitCode).toBe(0);
    expect(report.stdout.split("\n").slice(0, 2)).toEqual([
      "cross-entropy naive overflows from 88.72283935546875 on, line 10",
      "cross-entropy naive overflows from 88.72283935546875 on, line 10",
    ]);
    expect(report.stderr).toMatch(/^softplus: \d+ %$/m);
    expect(project.read("audit.md")).toContain("cross-entropy");
    expect(search).toMatchObject({ exitCode: 0, stderr: "" });
    expect(search.stdout).toMatch(/^2000 inputs, \d+ findings$/m);
  });
});

describe("in a project with jest", { timeout: 120_000 }, () => {
  const project = new Project("jest");
  for (const [path, text] of examples) if (path.endsWith(".js")) project.write(path, text);

  test("with ES modules, assertions pass and fail as they should, in CommonJS too", async () => {
    const args = ["--json", "--outputFile=out.json", "--testTimeout=60000", "--maxWorkers=2"];
    const env = { NODE_OPTIONS: "--experimental-vm-modules" };
    const { exitCode } = await project.node(["node_modules/jest/bin/jest.js", ...args], env);
    const assertions = assertionsIn(project, "out.json");
    expect(statuses(assertions)).toEqual({
      "cross entropy is numerically stable": "passed",
      "the first version of it was not": "passed",
      "a test in CommonJS has the assertion too": "passed",
      unstable: "failed",
      "unstable, in a process of its own": "failed",
    });
    expect(exitCode).toBe(1);
    const expected = failureText.replaceAll("cross-entropy.ts:10", "cross-entropy.js:4");
    expect(oneLine(messageOf(assertions, "unstable"))).toContain(oneLine(expected));
    expect(messageOf(assertions, "unstable, in a process of its own")).toContain("(cross-entropy.js:4)");
  });
});
