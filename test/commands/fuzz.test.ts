import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import type { FuzzFinding } from "../../src/fuzz/report.js";
import { fromBits } from "../../src/inputs/float32.js";
import type { Float } from "../../src/judge/finding.js";
import { audit, bash, folder, onTerminal } from "../e2e/audit.js";

const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

let corpora = 0;
/** A few inputs of one loss of the catalogue, with a corpus of its own. */
const softplus = (...flags: string[]) => {
  const words = `fuzz softplus --runs 100 --seed 1 --corpus corpus-${corpora++}`;
  return [...words.split(" "), ...flags];
};

test("a finding is printed with its input, the boundary, the reason and a command, and a line sums up, in 80 columns", async () => {
  const { stdout, stderr, exitCode } = await audit(softplus());
  // float32's exp overflows from log(2^128) = 88.722839… on.
  expect(stdout).toMatch(
    /^error {2}softplus naive on cpu: the value overflows\n {2}input +x = \S+, z = \S+$/m,
  );
  expect(stdout).toMatch(
    /^ {2}computed +Infinity\n {2}exact +100\n {2}fails +from 88\.72284 \(0x42b17218\) to /m,
  );
  expect(stdout).toMatch(/^ {2}why +Exp overflows \(softplus\.[jt]s:\d+\): exp\(x\) is Infinity /m);
  expect(stdout).toMatch(/^ {2}\$ audit explain softplus#naive --at=100 --label=0 --target=cpu$/m);
  expect(stdout).toMatch(
    /\n1 loss, 4 implementations, 100 inputs \([\d,]+ points\), seed 1: 4 errors, \d+\s+warnings, \d+ notes\.\n$/,
  );
  expect(widest(stdout)).toBeLessThanOrEqual(80);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
});

test("the same seed gives the same text and the same JSON, however slow the machine is", async () => {
  const slow = existsSync("/usr/bin/taskset") ? "nice -n 19 taskset -c 0 $AUDIT" : "nice -n 19 $AUDIT";
  const [text, slowText] = await Promise.all([audit(softplus()), bash(`${slow} ${softplus().join(" ")}`)]);
  expect(text.stdout).toContain("error  softplus");
  expect(slowText.stdout).toBe(text.stdout);
  // Two losses at once, in which the corpus is named.
  const two = "fuzz log-sum-exp softplus --runs 40 --seed 2 --property nan,overflow --json --corpus";
  const json = await bash(`$AUDIT ${two} two`);
  const slowJson = await bash(`rm -r two; ${slow} ${two} two`);
  expect(JSON.parse(json.stdout).audited.losses).toBe(2);
  expect(slowJson.stdout).toBe(json.stdout);
});

test("the JSON is alone on stdout and complete: numbers that JSON lacks are strings, each float32 has its bits", async () => {
  const { stdout, stderr, exitCode } = await audit(softplus("--json", "--special", "nan,infinity"));
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({
    schema: 1,
    command: "fuzz",
    seed: 1,
    targets: [{ name: "cpu", backend: "cpu" }],
    audited: { losses: 1, implementations: 4 },
    runs: 100,
    cured: [],
    unresolved: 0,
    errors: [],
    warnings: [],
    interrupted: false,
    exitCode: 0,
  });
  const findings: FuzzFinding[] = report.findings;
  const ids = findings.map(({ id }) => id);
  expect(ids).toContain("softplus/naive/cpu/value/overflow/Exp");
  expect(new Set(ids).size).toBe(ids.length);
  for (const finding of findings) {
    const { example, region, worst, replay, severity, file } = finding;
    expect(example.shape).toEqual([1]);
    const floats = [...example.logits, ...example.labels, region.from, region.to, worst.input];
    for (const { value, bits } of floats) expect(Math.fround(numberOf(value))).toBe(fromBits(bits));
    expect(replay).toMatch(/^audit (explain|fuzz) /);
    expect(file !== undefined).toBe(severity !== "note");
  }
  const nan = findings.find(({ id }) => id === "softplus/naive/cpu/gradient/nan/Exp");
  expect(nan?.worst).toMatchObject({ computed: { value: "NaN", bits: "0x7fc00000" }, ulps: "NaN" });
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
});

function numberOf(value: Float["value"]): number {
  return typeof value === "number" ? value : value === "-0" ? -0 : Number(value);
}

test.each([
  ["error", 0],
  ["warning", 1],
  ["note", 1],
  ["never", 0],
])("--fail-on %s of a loss with warnings and notes exits with %d", async (severity, expected) => {
  // The slope of max(x, 0) at 0 is 1 in tfjs.
  const loss = ["fuzz", "softplus#overflow-free", "--runs", "64", "--seed", "1", "--quiet"];
  const { stdout, exitCode } = await audit([...loss, "--corpus", `on-${severity}`, "--fail-on", severity]);
  expect(stdout.replaceAll("\n", " ")).toMatch(/ 0 errors, 1 warning, \d notes?\. $/);
  expect(exitCode).toBe(expected);
});

test("--quiet prints the errors and the summary alone", async () => {
  const { stdout, stderr } = await audit(softplus("--quiet"));
  expect(stdout).toMatch(/^error {2}softplus/);
  expect(stdout).not.toMatch(/^(warning|note) {2}|^cpu: /m);
  expect(stdout).toMatch(/ 4 errors, \d+\s+warnings, \d+ notes\.\n$/);
  expect(stderr).toBe("");
});

const notAFolder = join(folder, "a file");
writeFileSync(notAFolder, "");

test.each([
  [["--runs", "0"], /^Error: --runs 0 tries nothing, /],
  [["--runs", "5", "--time", "3"], /^Error: --runs and --time both say /],
  [["--rnus", "5"], /^Error: There is no flag --rnus\. Did you mean "--runs"\? /],
  [["--corpus", "a file"], /^Error: The corpus a file can't be written: it is no folder, /],
  [["--replay", "softplus/no"], /^Error: A loss, softplus, does not go with --replay: /],
])("%j is refused on stderr before anything runs, with 2", async (flags, message) => {
  const { stdout, stderr, exitCode } = await audit(["fuzz", "softplus", ...flags]);
  expect(stderr.replaceAll("\n  ", " ")).toMatch(message);
  expect(widest(stderr)).toBeLessThanOrEqual(80);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
});

test("--help explains every flag in 80 columns", async () => {
  const { stdout, exitCode } = await audit(["fuzz", "--help"]);
  const flags =
    "target from timeout json no-color quiet runs time seed max-findings property range label-range special train corpus " +
    "replay rtol atol fail-on";
  for (const flag of flags.split(" ")) expect(stdout).toMatch(new RegExp(`^  --${flag}(=\\S+)? +\\S`, "m"));
  expect(widest(stdout)).toBeLessThanOrEqual(80);
  expect(exitCode).toBe(0);
});

test("a reader that has seen enough ends it quietly, and not with success", async () => {
  const { stdout, stderr, exitCode } = await bash(`$AUDIT ${softplus().join(" ")} | head -1`);
  expect(stdout).toMatch(/^error {2}softplus .*\n$/);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 141 });
});

test("on a terminal stdout is coloured and stderr shows the progress, one line that goes in the end", async () => {
  const line = `$AUDIT ${softplus("--runs", "3000").join(" ")}`.replace("--runs 100 ", "");
  const [both, stdout, stderr, plain] = await Promise.all([
    onTerminal(`${line}0`),
    onTerminal(`${line}1 2>/dev/null`),
    onTerminal(`${line}2 >/dev/null`),
    onTerminal(`${line}3 2>/dev/null`, { env: { NO_COLOR: "1" } }),
  ]);
  const error = "\u001b[31merror\u001b[39m  softplus";
  expect(both.stdout).toContain(error);
  expect(stdout.stdout).toContain(error);
  expect(stdout.stdout).not.toContain("points/s");
  expect(widest(stripVTControlCharacters(stdout.stdout).replaceAll("\r", ""))).toBeLessThanOrEqual(80);
  expect(plain.stdout).toMatch(/^error {2}softplus/);
  expect(plain.stdout).not.toContain("\u001b");
  const drawn = stderr.stdout.split("\r\u001b[K");
  expect(drawn.length).toBeGreaterThan(2);
  expect(drawn[0]).toBe("");
  expect(drawn.at(-1)).toBe("");
  for (const progress of drawn.slice(1, -1).filter(Boolean)) {
    expect(progress).toMatch(/^[\d,]+ inputs?, [\d,]+ points\/s, \d+ findings?, worst error \S+ {2}softplus/);
    expect(progress.length).toBeLessThan(80);
  }
});
