import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for as long as this process runs, and for the browser whose profile lies in it. */
export interface TemporaryFolder {
  path: string;
  /** Also ends the browser, if it is still there. */
  remove(): Promise<void>;
}

/**
 * Runs in a process of its own, whose stdin ends when ours does, in whatever way.
 * The browser ends then too, and may write until it has: so the folder has to stay
 * away for a second, and is given half a minute for it. A browser that hangs does
 * not see that we are gone, and is ended after two seconds.
 */
const SWEEPER = `
  const { spawnSync } = require("node:child_process");
  const { existsSync, rmSync } = require("node:fs");
  const path = process.argv[1];
  let tries = 0;
  let quiet = 0;
  const endBrowser = () => {
    const { stdout } = spawnSync("ps", ["-A", "-ww", "-o", "pid=,args="], { encoding: "utf8" });
    for (const line of stdout?.split("\\n") ?? []) {
      try {
        if (line.includes("--user-data-dir=" + path)) process.kill(-Number.parseInt(line), "SIGKILL"); // its group
      } catch {}
    }
  };
  const sweep = () => {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {}
    quiet = existsSync(path) ? 0 : quiet + 1;
    if (tries === 20) endBrowser();
    if (tries++ < (quiet > 10 ? 20 : 300)) setTimeout(sweep, 100);
  };
  process.stdin.resume().on("close", sweep);
`;

/** Makes a folder that goes away with this process, also when that is killed. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), "audit-browser-"));
  const { NODE_OPTIONS: _, ...env } = process.env;
  const sweeper = spawn(process.execPath, ["-e", SWEEPER, path], {
    detached: true, // what ends our process group must not end it
    windowsHide: true,
    stdio: ["pipe", "ignore", "ignore"],
    env,
  });
  sweeper.unref();
  (sweeper.stdin as unknown as { unref(): void }).unref();
  return {
    path,
    remove: async () => {
      await rm(path, { recursive: true, force: true }).catch(() => {}); // it is still written to
      sweeper.stdin.end();
    },
  };
}
