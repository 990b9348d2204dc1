import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { audit, folder } from "../audit.js";
import { canMount, withMounts } from "./mounts.js";

/** Where the disk of a test is mounted, and what is kept of it afterwards, when the mount is gone. */
const disk = join(folder, "disk");
const kept = join(folder, "kept");

const REPORTS: [format: string, file: string][] = [
  ["pretty", "report.txt"],
  ["json", "report.json"],
  ["markdown", "report.md"],
  ["sarif", "report.sarif"],
  ["junit", "report.xml"],
  ["html", "report.html"],
];
const reports = REPORTS.map(([format, file]) => `--report ${format}=disk/${file}`).join(" ");

/** A loss that overflows, and that first does something to the disk, once it is audited. */
function loss(name: string, first: string): void {
  writeFileSync(
    join(folder, name),
    `import * as tf from "@tensorflow/tfjs";
     import { execSync } from "node:child_process";
     ${first}
     export const naive = (x, z) => tf.log(tf.exp(x).add(1)).sub(x.mul(z));\n`,
  );
}

beforeAll(async () => {
  mkdirSync(disk);
  mkdirSync(kept);
  loss("loss.mjs", "");
  loss("fills.mjs", `try { execSync("head -c 4m /dev/zero > '${disk}/filler'", { stdio: "ignore" }); } catch {}`);
  loss("locks.mjs", `execSync("mount -o remount,ro '${disk}'");`);
  for (const name of ["loss", "fills", "locks"]) {
    writeFileSync(
      join(folder, `${name}.json`),
      JSON.stringify({
        losses: [`${name}.mjs`],
        targets: "cpu",
        points: 33,
        labels: [0],
        baseline: `${name === "loss" ? "kept" : "disk"}/audit-baseline.json`,
        fuzz: { runs: 40, property: ["nan"], corpus: `${name === "loss" ? "kept" : "disk"}/corpus` },
      }),
    );
  }
  expect(await audit(["gate", "--config", "loss.json", "--update"])).toMatchObject({ exitCode: 0 });
});


/** The lines of a text whose own lines were wrapped. */
const unwrapped = (...texts: string[]) => texts.join("\n").replaceAll("\n  ", " ");

/** What stands in the folder of the disk while it is mounted. */
const LIST = "ls -A disk > kept/files";
const tmpFiles = () =>
  readFileSync(join(kept, "files"), "utf8")
    .split("\n")
    .filter((name) => name.endsWith(".tmp"));

const FAULTS: [name: string, reason: string][] = [
  ["fills", "the disk is full"],
  ["locks", "its file system is read-only"],
];

test.runIf(canMount).each(FAULTS)(
  "a loss that %s the disk while a gate runs: old files stay as they were, what was found is printed, and exit code 2",
  async (name, reason) => {
    const { stdout, stderr, exitCode } = await withMounts(
      `mount -t tmpfs -o size=1m none disk
       cp kept/audit-baseline.json disk
       for file in ${REPORTS.map(([, file]) => file).join(" ")} summary.md; do echo old > disk/$file; done
       $AUDIT gate --config ${name}.json --update ${reports} --report github && code=0 || code=$?
       cmp disk/audit-baseline.json kept/audit-baseline.json
       for file in ${REPORTS.map(([, file]) => file).join(" ")} summary.md; do
         [ "$(cat disk/$file)" = old ]
       done
       ${LIST}
       exit $code`,
      { GITHUB_STEP_SUMMARY: join(disk, "summary.md") },
    );
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(new RegExp(`^error {2}${name} naive on cpu: the value overflows`, "m"));
    const said = unwrapped(stdout, stderr);
    expect(said).toContain(`The corpus disk/corpus can't be written: ${reason}`);
    for (const [, file] of REPORTS) expect(said).toContain(`disk/${file} can't be written: ${reason}.`);
    expect(said).toMatch(/The step summary can't be written to \S+summary\.md, .*: (ENOSPC|EROFS)/);
    expect(tmpFiles()).toEqual([]);
  },
);

test.runIf(canMount).each(FAULTS)(
  "a loss that %s the disk while a gate without a search runs: its baseline stays, also where it is pruned",
  async (name, reason) => {
    const { stdout, exitCode } = await withMounts(
      `mount -t tmpfs -o size=1m none disk
       cp kept/audit-baseline.json disk
       $AUDIT gate --config ${name}.json --update --json && code=0 || code=$?
       cmp disk/audit-baseline.json kept/audit-baseline.json
       ${LIST}
       exit $code`,
    );
    expect(exitCode).toBe(2);
  },
);
