import { expect, test } from "vitest";
import { audit, userFile } from "./audit.js";

/** Quick: one loss of the catalogue, of few points. */
const softplus = ["sweep", "softplus", "--points", "101", "--target", "cpu"];

const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

test("a sweep prints the table, the findings with their commands, and one line of summary, in 80 columns", async () => {
  const { stdout, stderr, exitCode } = await audit(softplus);
  // Where float32's exp overflows.
  expect(stdout).toMatch(/^naive +cpu +error +\S+ +88\.72284 /m);
  expect(stdout).toMatch(
    /^error {2}softplus naive, log1p: the value overflows, the gradient is NaN\n {2}88\.72284 \(0x42b17218\) to 120 /m,
  );
  expect(stdout).toMatch(/^ {2}\$ audit explain softplus#naive /m);
  expect(stdout).toMatch(/\n1 loss, 4 implementations, [\d,]+ points: \d+ errors, [\s\S]*\sunresolved\.\n$/);
  expect(widest(stdout)).toBeLessThanOrEqual(80);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
});

test("the report as JSON is the same whenever it is made, and goes to stdout alone", async () => {
  const [first, second] = await Promise.all([audit([...softplus, "--json"]), audit([...softplus, "--json"])]);
  expect(second.stdout).toBe(first.stdout);
  expect({ stderr: first.stderr, exitCode: first.exitCode }).toEqual({ stderr: "", exitCode: 0 });
  const report = JSON.parse(first.stdout);
  expect(report).toMatchObject({
    schema: 1,
    command: "sweep",
    seed: 0,
    unresolved: 0,
    interrupted: false,
    exitCode: 0,
  });
  expect(report.audited).toMatchObject({ losses: 1, implementations: 4 });
});

test("a range is read after a blank as after =", async () => {
  const sweep = (...range: string[]) =>
    audit([...softplus, "--implementation", "library", "--json", ...range]);
  const [blank, equals] = await Promise.all([sweep("--range", "-20,-1.5"), sweep("--range=-20,-1.5")]);
  expect(blank.stdout).toBe(equals.stdout);
  expect(blank.exitCode).toBe(0);
});

test.each([
  ["error", "naive", 1],
  ["error", "library", 0],
  ["never", "naive", 0],
])("--fail-on %s of %s exits with %d", async (severity, implementation, expected) => {
  const { exitCode, stdout } = await audit([
    ...softplus,
    "--implementation",
    implementation,
    "--fail-on",
    severity,
  ]);
  expect(stdout).toContain("1 implementation, ");
  expect(exitCode).toBe(expected);
});

test("quiet prints the errors and the summary alone", async () => {
  const { stdout } = await audit([...softplus, "--quiet"]);
  expect(stdout).toMatch(/^error {2}softplus naive/);
  expect(stdout).not.toMatch(/^(implementation|warning|note)/m);
  expect(stdout).toMatch(/\sunresolved\.\n$/);
});

test("a user's file is swept, and a loss that cannot be audited does not keep the others from it", async () => {
  const file = userFile(
    "my-loss.mjs",
    `import * as tf from "@tensorflow/tfjs";
     export const good = (x, z) => tf.softplus(x).sub(x.mul(z));
     export const none = () => undefined;`,
  );
  const { stdout, exitCode } = await audit([
    "sweep",
    file,
    "./missing.ts",
    "--points",
    "101",
    "--target",
    "cpu",
  ]);
  expect(stdout).toMatch(/^good +cpu /m);
  expect(stdout).toMatch(/^none +cpu +failed /m);
  expect(stdout).toMatch(/^not audited {2}my-loss none/m);
  expect(stdout).toMatch(/^not audited {2}\.\/missing\.ts/m);
  expect(exitCode).toBe(2);
});
