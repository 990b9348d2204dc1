import { spawnSync } from "node:child_process";
import { type Outcome, runProgram } from "../audit.js";

const OWN_MOUNTS = ["--map-root-user", "--mount"];

/**
 * Whether file systems can be mounted that only one process sees: on Linux, by root or where anybody may have a namespace
 * of users.
 */
export const canMount =
  process.platform === "linux" &&
  spawnSync("unshare", [...OWN_MOUNTS, "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;

if (!canMount) {
  console.warn(
    "LEFT OUT: tests of full disks and read-only folders. Nothing can be mounted here (unshare --mount).",
  );
}

/** Runs a script of bash, in which `$AUDIT` is the command, with mounts of its own, which are gone with it. */
export function withMounts(script: string, env: Record<string, string> = {}): Promise<Outcome> {
  return runProgram("unshare", [...OWN_MOUNTS, "bash", "-ec", script], { env });
}
