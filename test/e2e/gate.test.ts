import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { audit, bash, folder, userFile } from "./audit.js";

const baseline = join(folder, "audit-baseline.json");
userFile(
  "my-loss.mjs",
  `import * as tf from "@tensorflow/tfjs";
   export const naive = (x, z) => tf.log(tf.exp(x).add(1)).sub(x.mul(z));`,
);
const config = { losses: ["my-loss.mjs"], targets: ["cpu"], points: 33, labels: [0] };
userFile("audit.config.json", JSON.stringify(config));

const widest = (text: string) => Math.max(...text.split("\n").map((line) => line.length));

// These tests tell one story: the baseline is handed on from one to the next.
test("without a baseline the gate fails on errors, in 80 columns, and tells what to do", async () => {
  const { stdout, stderr, exitCode } = await audit(["gate"]);
  expect(stdout).toMatch(
    /^New:\n\nerror {2}my-loss naive: the value overflows, the gradient is NaN\n {2}88\.72284 /,
  );
  expect(stdout).toMatch(
    /\naudit gate fails: 2 new findings\. Cure it, or accept the present state with\s+audit\s+gate\s+--update\.\n$/,
  );
  expect(widest(stdout)).toBeLessThanOrEqual(80);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 1 });
  expect(existsSync(baseline)).toBe(false);
});

test("two updates at once leave one whole baseline, with which the gate passes", async () => {
  const updates = await Promise.all([audit(["gate", "--update"]), audit(["gate", "--update", "--quiet"])]);
  expect(updates.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  const { findings } = JSON.parse(readFileSync(baseline, "utf8"));
  expect(findings.map(({ id }: { id: string }) => id)).toContain("my-loss/naive/cpu/value/overflow/0/above");
  const { stdout, exitCode } = await audit(["gate", "--json"]);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ schema: 1, command: "gate", seed: 0, exitCode: 0, cured: [], errors: [] },
    baseline: { file: "audit-baseline.json", state: "compared", written: false },
  });
});

test("a configuration is found from a folder below, and names its baseline from there", async () => {
  mkdirSync(join(folder, "below"));
  const { stdout, exitCode } = await bash("cd below && $AUDIT gate --json");
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).baseline.file).toBe(join("..", "audit-baseline.json"));
});

test("a report that can't be written fails the gate before it runs", async () => {
  const { stdout, stderr, exitCode } = await audit(["gate", "--report", "junit=my-loss.mjs/report.xml"]);
  expect(stderr).toMatch(/^Error: my-loss\.mjs\/report\.xml can't be written/);
  expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
});

test("--changed passes over what has not changed, with a base and without one", async () => {
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=T", "-c", "user.email=t@example.com", ...args], { cwd: folder });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "x");
  const passed = await audit(["gate", "--changed"]);
  expect(passed.stdout).toBe("No loss has changed since HEAD: audit gate passes, with nothing to audit.\n");
  expect(passed.exitCode).toBe(0);
  writeFileSync(
    join(folder, "my-loss.mjs"),
    `${readFileSync(join(folder, "my-loss.mjs"), "utf8")}// changed\n`,
  );
  const changed = await audit(["gate", "--changed=HEAD", "--json"]);
  expect(JSON.parse(changed.stdout)).toMatchObject({
    exitCode: 0,
    audited: { losses: 1 },
    changed: { unchanged: [] },
  });
  const unknown = await audit(["gate", "--changed=nowhere"]);
  expect(unknown.stderr).toMatch(/^Error: --changed=nowhere: git knows no such commit\./);
  expect(unknown.exitCode).toBe(2);
});

test("a Ctrl-C leaves the baseline as it is", async () => {
  const before = readFileSync(baseline, "utf8");
  userFile(
    "slow.mjs",
    `import * as tf from "@tensorflow/tfjs";
     console.error("It has begun.");
     export const loss = (x, z) => tf.softplus(x);`,
  );
  const losses = ["my-loss.mjs", { loss: "slow.mjs", points: 50_000_001 }];
  userFile("slow.config.json", JSON.stringify({ ...config, losses, baseline: "audit-baseline.json" }));
  let isInterrupted = false;
  const { stdout, exitCode } = await audit(["gate", "--update", "--config", "slow.config.json"], {
    onOutput: (text, child) => {
      if (isInterrupted || !text.includes("It has begun.")) return;
      isInterrupted = true;
      child.kill("SIGINT");
    },
  });
  expect(exitCode).toBe(130);
  expect(stdout).toContain("audit gate was interrupted");
  expect(readFileSync(baseline, "utf8")).toBe(before);
});

test("whatever is wrong with the baseline is one line on stderr, and exit code 2", async () => {
  const before = readFileSync(baseline, "utf8");
  for (const [text, reason] of [
    ["", "it is empty"],
    [before.slice(0, 100), "it ends too early"],
    [before.replace('"schema": 1', '"schema": 9'), "a newer version wrote it"],
  ]) {
    writeFileSync(baseline, text);
    const { stdout, stderr, exitCode } = await audit(["gate", "--update"]);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain(reason);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(readFileSync(baseline, "utf8")).toBe(text);
  }
});

test("flags that make no sense together, or with nothing to audit, are refused", async () => {
  const both = await audit(["gate", "--update", "--prune"]);
  expect(both.stderr.replaceAll(/\s+/g, " ")).toContain("give one of them");
  const zero = await audit(["gate", "--runs", "0"]);
  expect(zero.stderr).toContain("--runs 0 tries nothing");
  expect([both.exitCode, zero.exitCode]).toEqual([2, 2]);
});
