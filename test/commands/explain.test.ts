import { expect, test } from "vitest";
import { audit } from "../e2e/audit.js";

const NAIVE = ["explain", "sigmoid-cross-entropy#naive", "--at", "0x418b3333", "--label", "0"];

test("audit explain prints numbers, kernels and the reason in 80 columns, and exits with 0", async () => {
  const { stdout, stderr, exitCode } = await audit(NAIVE);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  const lines = stdout.split("\n");
  expect(lines[0]).toBe("sigmoid-cross-entropy#naive on cpu at x = 17.4 (0x418b3333), label 0");
  expect(stdout).toMatch(/^value +Infinity +17\.3999996 +inf {2}error: overflow$/m);
  expect(stdout).toMatch(/^gradient +NaN +0\.999999972 +NaN {2}error: nan$/m);
  expect(stdout).toMatch(/^── forward, derivation\.[jt]s ─+$/m);
  expect(stdout).toMatch(/^> %\d+ +Log\(%\d+\) +-Infinity +-17\.3999996 +0 +inf +\d+$/m);
  expect(stdout).toMatch(/^why value +Log of 0 /m);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("audit explain --json has all numbers, versioned", async () => {
  const { stdout } = await audit([...NAIVE, "--json"]);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({
    schema: 1,
    command: "explain",
    target: { name: "cpu" },
    errors: [],
    exitCode: 0,
  });
  const [point] = report.points;
  expect(point).toMatchObject({
    loss: "sigmoid-cross-entropy",
    implementation: "naive",
    input: { value: 17.399999618530273, bits: "0x418b3333" },
    label: 0,
    value: { computed: { value: "Infinity", bits: "0x7f800000" }, ulps: "Infinity" },
    gradient: { computed: { value: "NaN", bits: "0x7fc00000" }, ulps: "NaN" },
  });
  expect(point.value.enclosure).toHaveLength(2);
  expect(point.kernels[0]).toMatchObject({
    kernel: "Sigmoid",
    pass: "forward",
    line: { line: expect.any(Number) },
    inputs: [{ name: "x", from: "logits", computed: { bits: "0x418b3333" } }],
    shape: [1],
    computed: { value: 1 },
    passedOn: 0,
  });
  expect(point.kernels.map(({ pass }: { pass: string }) => pass)).toEqual(
    [...point.kernels.map(({ pass }: { pass: string }) => pass)].sort((a, b) => (a < b ? 1 : -1)),
  );
});

test("a negative logit needs no quoting, and one point comes for each", async () => {
  const { stdout } = await audit(["explain", "softplus#library", "--at", "-3,17.4", "--at", "1", "--json"]);
  const inputs = JSON.parse(stdout).points.map(({ input }: { input: { value: number } }) => input.value);
  expect(inputs).toEqual([-3, Math.fround(17.4), 1]);
});

test.each([
  [["explain", "sigmoid-cross-entropy#niave", "--at", "1"], 'Did you mean "naive"?'],
  [["explain", "softplus"], "No point was given."],
  [
    ["explain", "softplus", "--at", "1", "--target", "gpu"],
    '--target does not know "gpu". Did you mean "cpu"? It knows cpu, wasm, ',
  ],
  [["explain", "softplus", "--logits", "missing.npy"], "missing.npy: there is no such file"],
  [["explain", "./missing.ts", "--at", "1"], "./missing.ts does not exist"],
])("audit %j is one clear error with exit code 2", async (argv, message) => {
  const { stdout, stderr, exitCode } = await audit(argv);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  expect(stderr).toContain(`Error: `);
  expect(stderr.replaceAll(/\s+/g, " ")).toContain(message);
});

test("a finding of a sweep with another tolerance and its replay command say the same kind", async () => {
  const tolerance = ["--rtol", "1e-8", "--atol", "1e-12"];
  const sweep = ["sweep", "softplus", "--target", "cpu", "--points", "101", "--implementation", "library"];
  const { findings } = JSON.parse((await audit([...sweep, ...tolerance, "--json"])).stdout);
  const value = findings.find(({ quantity }: { quantity: string }) => quantity === "value");
  expect(value.kind).toBe("inaccurate");
  const argv: string[] = value.replay.split(" ").slice(1);
  expect(argv.slice(-2)).toEqual(["--rtol=1e-8", "--atol=1e-12"]);
  const verdictOf = async (args: string[]) =>
    JSON.parse((await audit([...args, "--json"])).stdout).points[0].value.verdict;
  expect(await verdictOf(argv)).toBe("inaccurate");
  expect(await verdictOf(argv.slice(0, -2))).toBe("ok");
});

test("what throws has no computed number: null in JSON, a dash in the text", async () => {
  const throwing = ["explain", "heatmap-focal#logits", "--at", "3", "--label", "1"];
  const [json, text] = await Promise.all([audit([...throwing, "--json"]), audit(throwing)]);
  expect(JSON.parse(json.stdout).points[0].gradient).toMatchObject({ computed: null, verdict: "throws" });
  expect(text.stdout).toMatch(/^gradient +– +-?[\d.]+ +– {2}error: throws$/m);
});
