import { expect, test } from "vitest";
import { audit } from "../e2e/audit.js";

test("audit ops prints a table, the worst places and special values in 80 columns, and exits with 0", async () => {
  const { stdout, exitCode } = await audit(["ops", "log1p", "relu6", "--points", "512"]);
  expect(exitCode).toBe(0);
  const lines = stdout.split("\n");
  expect(lines[0]).toMatch(/^ +cpu +wasm$/);
  expect(stdout).toMatch(/^log1p +0\.5 +1\.\d +1\.7e7 +1\.\d$/m);
  expect(stdout).toMatch(/^wasm: relu6\(NaN\) is 0, not NaN$/m);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("audit ops --json is one document, the same every time", async () => {
  const run = () => audit(["ops", "tanh", "--target", "cpu", "--points", "512", "--json"]);
  const { stdout } = await run();
  expect(JSON.parse(stdout)).toMatchObject({ schema: 1, command: "ops", exitCode: 0 });
  expect((await run()).stdout).toBe(stdout);
});

test.each([
  [["ops", "sigmod"], 'There is no op "sigmod". Did you mean "sigmoid"?'],
  [["ops", "tanh", "--target", "gpu"], '--target does not know "gpu".'],
  [["ops", "--points", "many"], '--points takes a whole number from 1 to 10,000,000, but "many" was given.'],
])("audit %j is one clear error with exit code 2", async (argv, message) => {
  const { stdout, stderr, exitCode } = await audit(argv);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr.replaceAll(/\n +/g, " ")).toContain(message);
});
