import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { parseEntry } from "../../src/fuzz/corpus/parse-entry.js";
import { audit, folder, type Outcome, type RunOptions, userFile } from "./audit.js";

/** Says in which process it runs; its exp overflows. */
const overflows = userFile(
  "overflows.mjs",
  `import * as tf from "@tensorflow/tfjs";
   console.error("pid " + process.pid + ".");
   export const loss = (x) => tf.exp(x);`,
);
const endless = ["fuzz", overflows, "--seed", "1", "--time", "600", "--property", "nan,overflow"];

/** Calls `then` once its stdout or stderr has said that. */
function onceSaid(what: RegExp, then: (pid: number) => void): RunOptions["onOutput"] {
  let isDone = false;
  return (text, { pid }) => {
    if (isDone || !what.test(text)) return;
    isDone = true;
    then(pid as number);
  };
}

/** Whether the processes that ran the loss have ended within three seconds. */
async function haveEnded({ stderr }: Outcome): Promise<boolean> {
  const pids = [...stderr.matchAll(/pid (\d+)\./g)].map(([, pid]) => pid);
  expect(pids.length).toBeGreaterThan(0);
  const isGone = (pid: string) =>
    /^(Z|\s*$)/.test(spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" }).stdout);
  for (let tries = 0; tries < 30; tries++) {
    if (pids.every(isGone)) return true;
    await delay(100);
  }
  return false;
}

/** The ids of what a corpus holds, each file read as audit does; a writer that was killed may leave a hidden one. */
function idsIn(corpus: string): string[] {
  const path = join(folder, corpus);
  if (!existsSync(path)) return [];
  const names = readdirSync(path).filter((name) => !name.startsWith("."));
  return names.map((name) => parseEntry(JSON.parse(readFileSync(join(path, name), "utf8"))).id);
}

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s prints and keeps what was found, and exits with %d", async (signal, code) => {
  const outcome = await audit([...endless, "--corpus", signal], {
    onOutput: onceSaid(/^error {2}[\s\S]*\n\n/, (pid) => process.kill(pid, signal)),
  });
  expect(outcome.stdout).toMatch(/^error {2}overflows loss on cpu: the (value|gradient) overflows$/m);
  expect(outcome.stdout).toMatch(/^Interrupted: this is what was found\. /m);
  expect(outcome.exitCode).toBe(code);
  const printed = outcome.stdout.match(/^error {2}/gm);
  expect(idsIn(signal)).toHaveLength(printed?.length ?? 0);
  expect(await haveEnded(outcome)).toBe(true);
});

test("with --json the whole report is printed, and its findings are in the corpus", async () => {
  const { stdout, exitCode } = await audit([...endless, "--corpus", "json", "--json"], {
    onStart: (child) => setTimeout(() => child.kill("SIGINT"), 4000),
  });
  const { findings, interrupted, exitCode: told } = JSON.parse(stdout);
  expect({ interrupted, told, exitCode }).toEqual({ interrupted: true, told: 130, exitCode: 130 });
  expect(idsIn("json").sort()).toEqual(findings.map(({ id }: { id: string }) => id).sort());
});

test("after SIGKILL no process is left, and the corpus holds whole entries", async () => {
  const outcome = await audit([...endless, "--corpus", "killed"], {
    onOutput: onceSaid(/^error {2}/, (pid) => process.kill(pid, "SIGKILL")),
  });
  expect(outcome.exitCode).toBe(null);
  expect(idsIn("killed").length).toBeGreaterThan(0);
  expect(await haveEnded(outcome)).toBe(true);
});
