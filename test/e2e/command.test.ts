import { existsSync, readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { audit, bash, onTerminal } from "./audit.js";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

test.each([["--version"], ["-v"]])("%s prints the version", async (flag) => {
  const { stdout, stderr, exitCode } = await audit([flag]);
  expect(stdout).toMatch(new RegExp(`^loss-audit/${version.replaceAll(".", "\\.")} `));
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
});

test.each([[[]], [["--help"]], [["help"]]])("audit %j shows the commands", async (args) => {
  const { stdout, stderr, exitCode } = await audit(args);
  expect(stdout).toMatch(/COMMANDS[\s\S]*list[\s\S]*sweep/);
  expect(widest(stdout)).toBeLessThanOrEqual(80);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
});

test.each([[["sweep", "--help"]], [["help", "sweep"]], [["sweep", "-h"]]])(
  "audit %j explains every flag",
  async (args) => {
    const { stdout, exitCode } = await audit(args);
    const flags =
      "implementation target range points labels logits label-map heatmaps size classes objects seed from rtol atol " +
      "fail-on timeout special json quiet no-color";
    for (const flag of flags.split(" ")) expect(stdout).toMatch(new RegExp(`^  --${flag}(=\\S+)? +\\S`, "m"));
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    expect(exitCode).toBe(0);
  },
);

const mistakes: [args: string[], message: RegExp][] = [
  [["swep"], /^Error: There is no command "swep"\. Did you mean "sweep"\? The commands are /],
  [["list", "all"], /^Error: audit list takes no arguments, but "all" was given\.\n$/],
  [["help", "swep"], /^Error: Command swep not found\. See audit --help\.\n$/],
  [
    ["sweep", "--rnage=-1,1"],
    /^Error: There is no flag --rnage\. Did you mean "--range"\? See audit sweep --help/,
  ],
  [["sweep", "-q"], /^Error: There is no flag -q\. /],
  [
    ["explain"],
    /^Error: audit explain needs LOSS, which was not given\. A loss of the catalogue or .* See audit explain --help\.\n$/,
  ],
  [["sweep", "--range"], /^Error: Flag --range expects a value\. See audit sweep --help\.\n$/],
  [["sweep", "--points", "3", "--points", "4"], /^Error: Flag --points can only be specified once\. /],
  [["sweep", "--range", "5,-5"], /^Error: --range 5,-5 is reversed/],
  [["sweep", "softpuls"], /^Error: There is no loss "softpuls"\. Did you mean "softplus"\? /],
  [["sweep", "--target", "cpu,wsam"], /^Error: --target does not know "wsam"\. Did you mean "wasm"\? /],
  [
    ["sweep", "softplus", "--implementation", "naiv"],
    /^Error: There is no implementation "naiv"\. Did you mean "naive"\? softplus has naive, overflow-free, log1p, library\./,
  ],
];

test.each(mistakes)("audit %j exits with 2 and one clear error on stderr", async (args, message) => {
  const { stdout, stderr, exitCode } = await audit(args);
  expect(stderr.replaceAll("\n  ", " ")).toMatch(message);
  expect(widest(stderr)).toBeLessThanOrEqual(80);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
});

test.each([
  [["sweep", "--seed", "x", "--json"], "sweep", "--seed takes"],
  [["sweep", "--sed", "1", "--json"], "sweep", "There is no flag --sed"],
  [["sweep", "--sed", "1", "--report", "json"], "sweep", "There is no flag --sed"],
  [["gate", "--report=github, json", "--points", "1"], "gate", "There is no flag --points"],
  [["swep", "--json"], undefined, "There is no command"],
])("audit %j tells its error in JSON on stdout", async (args, command, message) => {
  const { stdout, stderr, exitCode } = await audit(args);
  const document = JSON.parse(stdout);
  expect(document).toEqual({
    schema: 1,
    ...(command && { command }),
    error: { message: expect.stringContaining(message) },
    exitCode: 2,
  });
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 2 });
});

test("a reader that has seen enough ends the command quietly, and not with success", async () => {
  const { stdout, stderr, exitCode } = await bash("(sleep 0.2; $AUDIT list) | true");
  expect({ stdout, stderr, exitCode }).toEqual({ stdout: "", stderr: "", exitCode: 141 });
});

test("an error on a narrow terminal is wrapped to its width", async () => {
  const { stdout, exitCode } = await onTerminal("stty cols 40; $AUDIT sweep --range 5,-5");
  const lines = ["Error: --range 5,-5 is reversed: LOW", "  must be below HIGH. Give --range -5,5."];
  expect(stripVTControlCharacters(stdout).trimEnd().split("\r\n")).toEqual(lines);
  expect(exitCode).toBe(2);
});

test.runIf(existsSync("/dev/full"))("output that can't be written is one error", async () => {
  const { stderr, exitCode } = await bash("$AUDIT list > /dev/full");
  expect(stderr).toBe("Error: The output can't be written: ENOSPC: no space left on device, write.\n");
  expect(exitCode).toBe(2);
});

test("a slow reader gets all of a long output", async () => {
  const direct = await audit(["list", "--json"]);
  const piped = await bash("$AUDIT list --json | (sleep 1; cat)");
  expect(piped.stdout).toBe(direct.stdout);
  expect(JSON.parse(piped.stdout).losses.length).toBeGreaterThan(0);
});
