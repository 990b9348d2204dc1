// What action.yml runs. The inputs come as environment variables and go to audit as arguments: no shell reads them.
//
// The project's own loss-audit runs, if it has one; else that of the action's checkout, which is built first.
import { execSync, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const { env } = process;
const input = (name) => (env[`INPUT_${name}`] ?? "").trim();
const items = (text, separator) =>
  text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== "");

const workspace = resolve(env.GITHUB_WORKSPACE ?? ".");
const folder = resolve(workspace, input("WORKING_DIRECTORY"));
const json = join(mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), "audit-")), "report.json");
const reports = items(input("REPORT"), /[\n,]/);

/** One that the project depends on is what its developers run, too. */
function installedIn(project) {
  try {
    return dirname(createRequire(join(project, "package.json")).resolve("loss-audit/package.json"));
  } catch {
    return undefined;
  }
}

function ofThisCheckout() {
  const checkout = fileURLToPath(new URL("..", import.meta.url));
  if (!existsSync(join(checkout, "dist", "src", "cli", "run.js")))
    execSync("npm ci", { cwd: checkout, stdio: "inherit" });
  return checkout;
}

function flags() {
  const given = [
    ["config", input("CONFIG")],
    ["target", input("TARGETS")],
    ["baseline", input("BASELINE")],
  ];
  return [
    ...given.flatMap(([name, value]) => (value === "" ? [] : [`--${name}=${value}`])),
    ...["github", `json=${json}`, ...reports].map((report) => `--report=${report}`),
    ...items(input("ARGS"), "\n"),
  ];
}

/** The exit code of the gate. Throws where it can't be started. */
function gate() {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`working-directory: there is no folder ${folder}.`);
  }
  const command = join(installedIn(folder) ?? ofThisCheckout(), "bin", "run.js");
  return (
    spawnSync(process.execPath, [command, "gate", ...flags()], { cwd: folder, stdio: "inherit" }).status ?? 2
  );
}

/** How many findings fail the gate and how many are cured, if there is a report. */
function counts() {
  if (!existsSync(json)) return {};
  const { findings, cured } = JSON.parse(readFileSync(json, "utf8"));
  return { failing: findings.filter(({ fails }) => fails).length, cured: cured.length };
}

/** The files of the reports, as later steps name them: from the workspace, with forward slashes. */
function files() {
  return reports
    .flatMap((report) =>
      report.includes("=") ? [resolve(folder, report.slice(report.indexOf("=") + 1))] : [],
    )
    .filter((file) => existsSync(file))
    .map((file) => relative(workspace, file).replaceAll("\\", "/"));
}

function output(values) {
  const end = randomUUID();
  const text = Object.entries(values).map(([name, value]) => `${name}<<${end}\n${value}\n${end}\n`);
  if (env.GITHUB_OUTPUT) appendFileSync(env.GITHUB_OUTPUT, text.join(""));
}

function exitCodeOf(run) {
  try {
    return run();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

const exitCode = exitCodeOf(gate);
output({ "exit-code": exitCode, ...counts(), reports: files().join("\n") });
if (exitCode > 1) {
  const title = `audit gate ends with ${exitCode}`;
  process.stdout.write(
    `::error title=${title}::Not everything could be audited; the log of this step says why.\n`,
  );
}
process.exitCode = exitCode;
