import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { audit, folder, userFile } from "../../e2e/audit.js";
import { runs } from "../expected.js";

vi.setConfig({ testTimeout: 180_000 });

/** What a browser is running for says so once, by the console of its page; the first export then takes long, or for ever. */
const running = userFile(
  "running.mjs",
  `import * as tf from "@tensorflow/tfjs";
   const inPage = "document" in globalThis;
   if (inPage) console.log("It runs in a page.");
   export const hangs = (x) => {
     if (inPage) console.log("It hangs.");
     while (inPage);
     return tf.softplus(x);
   };
   export const works = (x) => tf.softplus(x);`,
);

/** The first of the browser's processes. */
const BROWSER = /^(?!.*--type=).*--user-data-dir=\//;

interface Process {
  pid: number;
  parent: number;
  hasEnded: boolean;
  command: string;
}

function processes(): Process[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" });
  return [...lines.matchAll(/^ *(\d+) +(\d+) +(\S+) +(.*)$/gm)].map(([, pid, parent, state, command]) => ({
    pid: Number(pid),
    parent: Number(parent),
    hasEnded: state.startsWith("Z"), // and nobody has asked yet how
    command,
  }));
}

/** All that a process has started, and what that has started. */
function descendants(pid: number, all = processes()): Process[] {
  return all
    .filter(({ parent }) => parent === pid)
    .flatMap((child) => [child, ...descendants(child.pid, all)]);
}

/** Polls for 20 seconds. */
async function eventually(isSo: () => boolean): Promise<boolean> {
  for (let tries = 0; tries < 200; tries++) {
    if (isSo()) return true;
    await delay(100);
  }
  return false;
}

let runsSoFar = 0;

/**
 * Sweeps in a browser, does something once that runs the user's code, and gives the
 * exit code, once neither a process nor a file of it is left; else what is.
 */
async function leftBy(implementation: string, end: (pid: number, started: Process[]) => void) {
  const temporary = join(folder, `temporary-${runsSoFar++}`);
  mkdirSync(temporary);
  let started: Process[] = [];
  const args = ["sweep", running, "--implementation", implementation, "--target", "webgl"];
  const { exitCode, stdout } = await audit([...args, "--points", "3000001", "--timeout", "100"], {
    env: { TMPDIR: temporary, HOME: folder },
    onOutput: (text, { pid = 0 }) => {
      const says = implementation === "hangs" ? "It hangs." : "It runs in a page.";
      if (started.length > 0 || !text.includes(says)) return;
      started = descendants(pid);
      end(pid, started);
    },
  });
  expect(started.filter(({ command }) => command.includes("--user-data-dir=/")).length).toBeGreaterThan(1);
  const left = () => {
    const alive = new Set(processes().flatMap(({ pid, hasEnded }) => (hasEnded ? [] : pid)));
    const files = [temporary, join(folder, ".config")]
      .filter(existsSync)
      .flatMap((path) => readdirSync(path));
    return [...started.filter(({ pid }) => alive.has(pid)), ...files];
  };
  await eventually(() => left().length === 0);
  return { exitCode, stdout, left: left() };
}

describe.runIf(await runs("webgl"))("no process and no file of a browser stays", () => {
  test.each([
    ["its loss's process", /child\.js/, "The process in which it ran was killed by SIGKILL"],
    ["the browser", BROWSER, "The browser in which it ran ended: it crashed, or"],
    ["the page", /--type=renderer/, "The page in which it ran crashed: "],
  ])("after %s is killed", async (_, command, message) => {
    const { stdout, exitCode, left } = await leftBy("hangs", (_, started) => {
      for (const { pid } of started.filter((one) => command.test(one.command))) process.kill(pid, "SIGKILL");
    });
    expect(left).toEqual([]);
    expect(stdout.replaceAll(/\s+/g, " ")).toContain(message);
    expect(exitCode).toBe(2);
  });

  test("after audit is killed while it hangs", async () => {
    const { exitCode, left } = await leftBy("hangs", (pid) => process.kill(pid, "SIGKILL"));
    expect(left).toEqual([]);
    expect(exitCode).toBe(null);
  });

  test("after audit is killed while the browser does not answer", async () => {
    const { left } = await leftBy("works", (pid, started) => {
      for (const one of started.filter(({ command }) => BROWSER.test(command)))
        process.kill(one.pid, "SIGSTOP");
      process.kill(pid, "SIGKILL");
    });
    expect(left).toEqual([]);
  });

  test("after Ctrl-C while it hangs", async () => {
    const { exitCode, left } = await leftBy("hangs", (pid) => process.kill(pid, "SIGINT"));
    expect(left).toEqual([]);
    expect(exitCode).toBe(130);
  });

  test("after a second Ctrl-C", async () => {
    const { exitCode, left } = await leftBy("hangs", (pid) => {
      process.kill(pid, "SIGINT");
      setTimeout(() => process.kill(pid, "SIGINT"), 1000);
    });
    expect(left).toEqual([]);
    expect(exitCode).toBe(130);
  });
});
