import { spawnSync } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { audit, bash, type Outcome, onTerminal, userFile } from "./audit.js";

/** Two losses of which the first is done soon, the second not. */
const long = ["sweep", "softplus", "sigmoid-cross-entropy", "--points", "100001"];

/** Prints the process in which it runs, which it then keeps busy for ever. */
const hangs = userFile(
  "hangs.mjs",
  `console.error("pid " + process.pid + ".");
   export const loss = () => { while (process.pid); };`,
);

/** Whether all processes that ran user code have ended within three seconds. */
async function haveEnded({ stdout, stderr }: Pick<Outcome, "stdout" | "stderr">): Promise<boolean> {
  const pids = [...(stdout + stderr).matchAll(/pid (\d+)\./g)].map(([, pid]) => pid);
  expect(pids.length).toBeGreaterThan(0);
  for (let tries = 0; tries < 30; tries++) {
    if (pids.every((pid) => /^(Z|\s*$)/.test(stateOf(pid)))) return true;
    await delay(100);
  }
  return false;
}

/** Whether a process is stopped within four seconds. */
async function isStopped(pid: string): Promise<boolean> {
  for (let tries = 0; tries < 40; tries++) {
    if (stateOf(pid).startsWith("T")) return true;
    await delay(100);
  }
  return false;
}

/** R, S, T, …; Z when it has ended and nobody has asked yet how; else nothing. */
function stateOf(pid: string): string {
  return spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" }).stdout;
}

/** Calls `then` once a stream has said that; not with every output after it. */
function onceSaid(what: RegExp, then: (pid: number, text: string) => void) {
  let isDone = false;
  return (text: string, { pid }: { pid?: number }) => {
    if (isDone || !what.test(text)) return;
    isDone = true;
    then(pid as number, text);
  };
}

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s prints what is done and exits with %d", async (signal, code) => {
  const { stdout, exitCode } = await audit(long, {
    onOutput: onceSaid(/^softplus\n/, (pid) => process.kill(pid, signal)),
  });
  expect(stdout).toMatch(/^softplus\n/);
  expect(stdout).toMatch(/^error {2}softplus naive/m);
  expect(stdout).toMatch(/^Interrupted: this is what was done\. /m);
  expect(exitCode).toBe(code);
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)(
  "%s with --json prints the whole report of what is done, which says %d too",
  async (signal, code) => {
    const { stdout, exitCode } = await audit(["sweep", "--points", "1000001", "--json"], {
      onStart: (child) => setTimeout(() => child.kill(signal), 2000),
    });
    expect(JSON.parse(stdout)).toMatchObject({ interrupted: true, exitCode: code });
    expect(exitCode).toBe(code);
  },
);

test("a signal that npm sends once more is no second one", async () => {
  const { stdout, exitCode } = await audit(long, {
    onOutput: onceSaid(/^softplus\n/, (pid) => {
      process.kill(pid, "SIGINT");
      setTimeout(() => process.kill(pid, "SIGINT"), 30);
    }),
  });
  expect(stdout).toMatch(/^Interrupted: this is what was done\. /m);
  expect(exitCode).toBe(130);
});

test("a second Ctrl-C ends everything at once", async () => {
  const started = performance.now();
  const outcome = await audit(["sweep", hangs, "--target", "cpu"], {
    onOutput: onceSaid(/pid \d+\./, (pid) => {
      process.kill(pid, "SIGINT");
      setTimeout(() => process.kill(pid, "SIGINT"), 1000);
    }),
  });
  expect({ stdout: outcome.stdout, exitCode: outcome.exitCode }).toEqual({ stdout: "", exitCode: 130 });
  expect(performance.now() - started).toBeLessThan(8000);
  expect(await haveEnded(outcome)).toBe(true);
});

test.each(["SIGKILL", "SIGHUP", "SIGQUIT"] as const)(
  "after %s no process is left, however busy it is",
  async (signal) => {
    const outcome = await audit(["sweep", hangs, "--target", "cpu", "--timeout", "100"], {
      onOutput: onceSaid(/pid \d+\./, (pid) => {
        process.kill(pid, signal);
        // What was asked to hand over its report ends at the second time.
        if (signal === "SIGHUP") setTimeout(() => process.kill(pid, signal), 500);
      }),
    });
    expect(await haveEnded(outcome)).toBe(true);
  },
);

test("after an explanation that was interrupted no process is left", async () => {
  const outcome = await audit(["explain", hangs, "--at", "1", "--timeout", "100"], {
    onOutput: onceSaid(/pid \d+\./, (pid) => process.kill(pid, "SIGINT")),
  });
  expect(await haveEnded(outcome)).toBe(true);
});

test("what is sent to the whole group, as by timeout or a terminal, interrupts it once", async () => {
  const { stdout, exitCode } = await bash(
    "timeout --signal=INT --preserve-status 4 $AUDIT sweep softplus --points 100000001",
  );
  expect(stdout).toMatch(/^softplus\n/);
  expect(stdout).toMatch(/^Interrupted: this is what was done\. /m);
  expect(stdout).not.toMatch(/^not audited/m);
  expect(exitCode).toBe(130);
});

test("a reader that goes while losses are swept leaves no process behind", async () => {
  const outcome = await bash(
    `$AUDIT sweep softplus ${hangs} --target cpu --points 11 --timeout 20 | head -1`,
  );
  expect({ stdout: outcome.stdout, exitCode: outcome.exitCode }).toEqual({
    stdout: "softplus\n",
    exitCode: 141,
  });
  expect(outcome.stderr).toMatch(/^(pid \d+\.\n)+$/);
  expect(await haveEnded(outcome)).toBe(true);
});

test("a terminal that closes ends it quietly, and all its processes", async () => {
  const outcome = await onTerminal(`$AUDIT sweep ${hangs} --target cpu --timeout 100 --quiet`, {
    onOutput: onceSaid(/pid \d+\./, (pid) => process.kill(pid, "SIGKILL")), // script, which holds the terminal
  });
  expect(await haveEnded(outcome)).toBe(true);
});

test("Ctrl-Z stops its processes too, and the time is not theirs", async () => {
  const counts = userFile(
    "counts.mjs",
    `import * as tf from "@tensorflow/tfjs";
     const end = Date.now() + 1500;
     while (Date.now() < end);
     console.error("pid " + process.pid + ".");
     while (Date.now() < end + 500);
     export const loss = (x) => tf.softplus(x);`,
  );
  let stopped: Promise<boolean> | undefined;
  // Longer than the timeout.
  const outcome = await audit(["sweep", counts, "--target", "cpu", "--points", "11", "--timeout", "4"], {
    onOutput: onceSaid(/pid \d+\./, (pid, text) => {
      process.kill(pid, "SIGTSTP");
      stopped = isStopped(/pid (\d+)/.exec(text)?.[1] ?? "");
      setTimeout(() => process.kill(pid, "SIGCONT"), 5000);
    }),
  });
  expect(await stopped).toBe(true);
  expect(outcome.stdout).toMatch(/^loss +cpu +(ok|note) /m);
  expect(outcome.exitCode).toBe(0);
});
