import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for as long as this process runs. */
export interface TemporaryFolder {
  path: string;
  remove(): Promise<void>;
}

/**
 * Runs in a process of its own, whose stdin ends when ours does, in whatever way.
 * The browser ends then too, and may write until it has: so the folder has to stay
 * away for a second, and is given half a minute for it.
 */
const SWEEPER = `
  const { existsSync, rmSync } = require("node:fs");
  const path = process.argv[1];
  let tries = 0;
  let quiet = 0;
  const sweep = () => {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {}
    quiet = existsSync(path) ? 0 : quiet + 1;
    if (quiet <= 10 && tries++ < 300) setTimeout(sweep, 100);
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
      await rm(path, { recursive: true, force: true, maxRetries: 5 });
      sweeper.stdin.end();
    },
  };
}
