import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { findBrowser } from "../../../src/targets/page/browser.js";
import { bundle } from "../../../src/targets/page/bundle.js";
import { launchBrowser } from "../../../src/targets/page/launch.js";
import { openPage } from "../../../src/targets/page/open-page.js";
import { PageTarget } from "../../../src/targets/page/page-target.js";
import { PageSession } from "../../../src/targets/page/session.js";
import { runs } from "../expected.js";

const inPages = test.runIf(await runs("webgl"));

const root = fileURLToPath(new URL("../../..", import.meta.url));
const path = join(root, "fixtures/user-losses/page/ends.ts");

/** Where the browsers of a test write, so that what they leave is seen. */
const folder = mkdtempSync(join(tmpdir(), "audit-ends-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Process {
  pid: number;
  parent: number;
  args: string;
}

function processes(): Process[] {
  const lines = execFileSync("ps", ["-eo", "pid=,ppid=,args=", "-ww"], { encoding: "utf8" }).split("\n");
  return lines.map((line) => {
    const [, pid, parent, args] = line.match(/^\s*(\d+)\s+(\d+)\s(.*)$/) ?? [];
    return { pid: Number(pid), parent: Number(parent), args: args ?? "" };
  });
}

/** The browser's processes that write below a folder, and what sweeps up behind them. */
function within(place: string): Process[] {
  return processes().filter(({ args }) => args.includes(place));
}

async function until(what: string, isSo: () => boolean, seconds = 20): Promise<void> {
  for (let tries = 0; tries < seconds * 10; tries++) {
    if (isSo()) return;
    await delay(100);
  }
  throw new Error(`Within ${seconds} s it did not come to this: ${what}.`);
}

function isClean(place: string): boolean {
  // tsx, which runs our sources here, leaves its own.
  return within(place).length === 0 && readdirSync(place).every((name) => name.startsWith("tsx-"));
}

/** A sweep that hangs in its page, in a process of its own. */
async function hangingSweep() {
  const place = mkdtempSync(join(folder, "sweep-"));
  const args = ["--import", "tsx", "bin/dev.js", "sweep", `${path}#hangs`, "--target=wasm-browser", "--json"];
  const parent = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, TMPDIR: place },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    parent[stream].setEncoding("utf8").on("data", (chunk: string) => {
      text[stream] += chunk;
    });
  }
  const ended = new Promise<string>((resolve) => {
    parent.on("close", () => resolve(text.stdout));
  });
  // What a page prints comes to our stderr.
  const T0 = performance.now(); await until("the function runs", () => text.stderr.includes("It hangs now."), 40);
  const [child] = processes().filter(
    ({ parent: its, args }) => its === parent.pid && args.includes("worker/child"),
  );
  console.log("TIMELINE loop after", (performance.now() - T0).toFixed()); return { place, ended, parent: parent.pid as number, child: child.pid };
}

inPages("a page that hangs ends with its process, and leaves nothing behind", async () => {
  const { place, ended, child } = await hangingSweep();
  process.kill(child, "SIGKILL");
  const { errors } = JSON.parse(await ended);
  expect(errors).toMatchObject([
    {
      implementation: "hangs",
      message: expect.stringMatching(/^The process in which it ran was killed by SIGKILL/),
    },
  ]);
  const T2 = performance.now(); await until("nothing is left", () => isClean(place)); console.log("TIMELINE clean after", (performance.now() - T2).toFixed());
});

inPages("it ends with the command, and leaves nothing behind", async () => {
  const { place, parent } = await hangingSweep();
  process.kill(parent, "SIGKILL");
  const T2 = performance.now(); await until("nothing is left", () => isClean(place)); console.log("TIMELINE clean after", (performance.now() - T2).toFixed());
});

inPages("it ends with Ctrl-C, and leaves nothing behind", async () => {
  const { place, ended, parent } = await hangingSweep();
  process.kill(parent, "SIGINT");
  await delay(200);
  process.kill(parent, "SIGINT");
  const T1 = performance.now(); await ended; console.log("TIMELINE ended after", (performance.now() - T1).toFixed());
  const T2 = performance.now(); await until("nothing is left", () => isClean(place)); console.log("TIMELINE clean after", (performance.now() - T2).toFixed());
});

/** A page with that function under way, which never comes to its end. */
async function hangingPage() {
  const place = mkdtempSync(join(folder, "page-"));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = place;
  const { context, close } = await launchBrowser(findBrowser("webgl"), "webgl").finally(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  const loss = { kind: "file" as const, argument: path, path };
  const page = await openPage(context, await bundle({ backend: "webgl", from: "logits" }, loss));
  const session = new PageSession(context, page);
  expect(await session.evaluate("start")).toMatchObject({ tfjs: "4.22.0" });
  const description = { name: "webgl", backend: "webgl", device: "", software: true, versions: {} };
  const target = new PageTarget(description, session, close);
  const call = (name: string) =>
    target.running({ name, f: (x) => x }).batch([1], new Float32Array(1), new Float32Array(1));
  return { place, context, page, target, call };
}

function pidOf(place: string, type: string): number {
  const found = within(place).filter(({ args }) => args.includes(`type=${type}`));
  return found[found.length - 1].pid;
}

inPages.each<[string, RegExp, (page: Awaited<ReturnType<typeof hangingPage>>) => unknown]>([
  [
    "a page that crashes",
    /^The page in which it ran crashed: /,
    async ({ context, page }) => {
      // One of the renderers is that of the page; none of the others matters.
      const session = await context.newCDPSession(page);
      session.send("Page.crash").catch(() => {});
    },
  ],
  [
    "a browser that is killed",
    /^The browser in which it ran ended: /,
    ({ place }) => {
      const pids = within(place).filter(
        ({ args }) => !args.includes("type=") && !args.includes("process.argv"),
      );
      for (const { pid } of pids) process.kill(pid, "SIGKILL");
    },
  ],
  ["a page that is closed", /^The page in which it ran was closed, /, ({ page }) => page.close()],
  [
    "a GPU process that is killed",
    /^The WebGL context was lost\. /,
    ({ place }) => process.kill(pidOf(place, "gpu-process"), "SIGKILL"),
  ],
])("%s is told from what a function throws, and leaves nothing behind", async (_, message, end) => {
  const hanging = await hangingPage();
  await expect(hanging.call("fine")).resolves.toMatchObject({ gradient: Float32Array.of(0.5) });
  await end(hanging);
  await delay(500);
  const lost = await hanging.call("fine").catch((error) => error);
  expect(lost).toMatchObject({ name: "TargetLostError", message: expect.stringMatching(message) });
  await hanging.target.close();
  await until("nothing is left", () => isClean(hanging.place));
});

inPages("a renderer that is killed under a call ends the call", async () => {
  const { place, target, call } = await hangingPage();
  const hangs = call("hangs").catch((error) => error);
  await delay(500);
  for (const { pid } of within(place).filter(({ args }) => args.includes("type=renderer"))) {
    process.kill(pid, "SIGKILL");
  }
  expect(await hangs).toMatchObject({
    name: "TargetLostError",
    message: expect.stringMatching(/^The page in which it ran crashed/),
  });
  await target.close();
  const T2 = performance.now(); await until("nothing is left", () => isClean(place)); console.log("TIMELINE clean after", (performance.now() - T2).toFixed());
});

inPages("a page that hangs is closed all the same", async () => {
  const { place, target, call } = await hangingPage();
  const hangs = call("hangs").catch((error) => error);
  await delay(500);
  await target.close();
  expect(await hangs).toMatchObject({ name: "TargetLostError" });
  const T2 = performance.now(); await until("nothing is left", () => isClean(place)); console.log("TIMELINE clean after", (performance.now() - T2).toFixed());
});
