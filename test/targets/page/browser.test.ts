import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { findBrowser } from "../../../src/targets/page/browser.js";
import { launchBrowser } from "../../../src/targets/page/launch.js";

const folder = mkdtempSync(join(tmpdir(), "audit-"));
afterAll(() => rmSync(folder, { recursive: true }));

function program(path: string, text = "#!/bin/sh\n"): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return file;
}

test("CHROME_PATH comes first, then PATH in the order of the names, then the usual places", () => {
  const onPath = [program("bin/chromium"), program("other/google-chrome")];
  const PATH = [...onPath.map((file) => dirname(file)), join(folder, "nowhere")].join(":");
  const own = program("own/browser");
  expect(findBrowser("webgl", { platform: "linux", env: { PATH, CHROME_PATH: own } })).toBe(own);
  expect(findBrowser("webgl", { platform: "linux", env: { PATH } })).toBe(onPath[1]);

  const mac = program("Applications/Chromium.app/Contents/MacOS/Chromium");
  expect(findBrowser("webgl", { platform: "darwin", env: { HOME: folder } })).toBe(mac);
  const windows = program("local/Google/Chrome/Application/chrome.exe");
  const LOCALAPPDATA = join(folder, "local");
  expect(findBrowser("webgl", { platform: "win32", env: { LOCALAPPDATA } })).toBe(windows);
});

test("no browser, and a CHROME_PATH that is none, are said with the cure", () => {
  expect(() => findBrowser("webgl", { platform: "linux", env: { PATH: folder } })).toThrow(
    /^The target "webgl" runs in Chrome or Chromium, and there is none on PATH \(google-chrome, .*\) or in its usual places\. Install one .* CHROME_PATH\.$/,
  );
  expect(() => findBrowser("webgl", { platform: "linux", env: { CHROME_PATH: folder } })).toThrow(
    `CHROME_PATH is "${folder}", which is no file that can be run. Let it name`,
  );
});

test("what is no browser is refused with what it says, or how it ended", async () => {
  const talks = program(
    "talks",
    "#!/bin/sh\necho 'libnss3.so: cannot open shared object file' >&2\nexit 127\n",
  );
  await expect(launchBrowser(talks, "webgl")).rejects.toThrow(
    `The target "webgl" needs a browser, and ${talks} does not start: libnss3.so: cannot open shared object file. Try it`,
  );
  const ends = program("ends", "#!/bin/sh\nexit 3\n");
  await expect(launchBrowser(ends, "webgl")).rejects.toThrow(
    `${ends} does not start: it ended with exit code 3. `,
  );
});

test("what never answers is refused, and ended", async () => {
  const silent = program("silent", "#!/bin/sh\nsleep 1000\n");
  await expect(launchBrowser(silent, "webgl")).rejects.toThrow(
    "does not start: it did not answer within 20 s. ",
  );
  const isThere = () =>
    execFileSync("ps", ["-A", "-ww", "-o", "args="], { encoding: "utf8" }).includes(silent);
  for (let tries = 0; tries < 100 && isThere(); tries++) await delay(100);
  expect(isThere()).toBe(false);
});
