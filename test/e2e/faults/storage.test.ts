import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
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
  loss(
    "fills.mjs",
    `try { execSync("head -c 4m /dev/zero > '${disk}/filler'", { stdio: "ignore" }); } catch {}`,
  );
  loss("locks.mjs", `execSync("mount -o remount,ro '${disk}'");`);
  for (const name of ["fills", "locks"]) {
    writeFileSync(
      join(folder, `${name}.json`),
      JSON.stringify({
        losses: [`${name}.mjs`],
        targets: "cpu",
        points: 33,
        labels: [0],
        baseline: "disk/audit-baseline.json",
        fuzz: { runs: 40, property: ["nan"], corpus: "disk/corpus" },
      }),
    );
  }
  writeFileSync(
    join(folder, "kept.json"),
    '{ "targets": "cpu", "points": 33, "labels": [0], "baseline": "kept/audit-baseline.json" }',
  );
  expect(await audit(["gate", "softplus#naive", "--config", "kept.json", "--update"])).toMatchObject({
    exitCode: 0,
  });
  const written = JSON.parse(readFileSync(join(kept, "audit-baseline.json"), "utf8"));
  for (const name of ["fills", "locks"]) {
    const audited = { [`${name}#naive`]: { sweep: ["cpu"], search: [] } };
    const cured = { id: `${name}/naive/cpu/value/formula/0/above`, severity: "error", ...AT_1 };
    writeFileSync(join(kept, `${name}.json`), JSON.stringify({ ...written, audited, findings: [cured] }));
  }
});

const AT_1 = { from: { value: 1, bits: "0x3f800000" }, to: { value: 1, bits: "0x3f800000" } };

/** Less than a page of memory, so that the end of it is still free on a disk that is full. */
const SIZE = 3000;
const OLD = [...REPORTS.map(([, file]) => file), "summary.md"];

let runs = 0;

/** Runs a command with a disk of 1 MiB that holds old files, which must be as they were then, and nothing else beside them. */
async function onDisk(name: string, command: string) {
  const after = `after-${runs++}`;
  const { stdout, stderr, exitCode } = await withMounts(
    `mount -t tmpfs -o size=1m none disk
     cp kept/${name}.json disk/audit-baseline.json
     for file in ${OLD.join(" ")}; do head -c ${SIZE} /dev/zero | tr '\\0' x > disk/$file; done
     ${command} && code=0 || code=$?
     cp -a disk ${after}
     exit $code`,
    { GITHUB_STEP_SUMMARY: join(disk, "summary.md") },
  );
  const read = (file: string) => readFileSync(join(folder, after, file), "utf8");
  expect(read("audit-baseline.json")).toBe(readFileSync(join(kept, `${name}.json`), "utf8"));
  for (const file of OLD) expect(read(file) === "x".repeat(SIZE), file).toBe(true);
  const isOwn = (name: string) => !["filler", "audit-baseline.json", "corpus", ...OLD].includes(name);
  expect(readdirSync(join(folder, after)).filter(isOwn)).toEqual([]);
  return { stdout, exitCode, said: `${stdout}\n${stderr}`.replaceAll("\n  ", " ") };
}

const FAULTS: [name: string, reason: string][] = [
  ["fills", "the disk is full"],
  ["locks", "its file system is read-only"],
];

describe.runIf(canMount).concurrent.each(FAULTS)(
  "a loss that %s the disk while it is audited",
  (name, reason) => {
    test("leaves a gate its findings, and the old baseline, reports and step summary", async () => {
      const { exitCode, said } = await onDisk(
        name,
        `$AUDIT gate --config ${name}.json ${reports} --report github`,
      );
      expect(exitCode).toBe(2);
      expect(said).toMatch(new RegExp(`^error {2}${name} naive: the value overflows`, "m"));
      expect(said).toContain(`The corpus disk/corpus can't be written: ${reason}`);
      for (const [, file] of REPORTS) expect(said).toContain(`disk/${file} can't be written: ${reason}.`);
      expect(said).toMatch(/The step summary can't be written to \S+summary\.md, .*: (ENOSPC|EROFS)/);
    });

    test("leaves --update and --prune the old baseline, and the report on stdout says so", async () => {
      for (const flag of ["--update", "--prune"]) {
        const { stdout, exitCode } = await onDisk(
          name,
          `$AUDIT gate --config kept.json ${name}.mjs ${flag} --baseline disk/audit-baseline.json --json`,
        );
        const { findings, errors, baseline } = JSON.parse(stdout);
        expect(findings).toContainEqual(expect.objectContaining({ kind: "overflow" }));
        expect(errors).toEqual([
          {
            message: `disk/audit-baseline.json can't be written: ${reason}. Name another file, or make it possible there.`,
          },
        ]);
        expect({ exitCode, written: baseline.written }).toEqual({ exitCode: 2, written: false });
      }
    });

    test("leaves a search its findings, and says that they are not kept", async () => {
      const { exitCode, said } = await onDisk(
        name,
        `$AUDIT fuzz ${name}.mjs --target cpu --seed 1 --runs 40 --property nan --corpus disk/corpus`,
      );
      expect(said).toMatch(new RegExp(`^error {2}${name} naive on cpu: the gradient is NaN`, "m"));
      expect(said).toContain(`The corpus disk/corpus can't be written: ${reason}`);
      expect(exitCode).toBe(2);
    });
  },
);

test
  .runIf(canMount)
  .concurrent("a shard whose blob can't be written any more says so, and is not merged", async () => {
    const { stdout, stderr, exitCode } = await withMounts(
      `mount -t tmpfs -o size=1m none disk
     $AUDIT sweep fills.mjs --target cpu --points 33 --shard 1/1 --blob disk/blob.json --quiet && exit 99
     $AUDIT merge disk/blob.json`,
    );
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr.replaceAll("\n  ", " ").split("\n")).toEqual([
      "Error: disk/blob.json can't be written: the disk is full. Name another file, or make it possible there.",
      "Error: disk/blob.json: shard 1 of 1 was begun and did not end. Run it again.",
      "",
    ]);
  });
