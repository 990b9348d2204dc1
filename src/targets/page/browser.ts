import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { InputError } from "../../inputs/input-error.js";

/** What Chrome and Chromium are called on PATH. */
const NAMES = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome"];

/** Of a machine: what decides where its browser is. */
export interface Machine {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
}

/** The executable of the browser that the target is to run in. Throws an InputError when there is none. */
export function findBrowser(target: string, machine: Machine = process): string {
  const { CHROME_PATH } = machine.env;
  if (CHROME_PATH) {
    if (isExecutable(CHROME_PATH)) return CHROME_PATH;
    throw new InputError(
      `The target "${target}" runs in a browser, and the environment variable CHROME_PATH is "${CHROME_PATH}", ` +
        "which is no file that can be run. Let it name the executable of Chrome or Chromium, or unset it.",
    );
  }
  const found = candidates(machine).find(isExecutable);
  if (found !== undefined) return found;
  throw new InputError(
    `The target "${target}" runs in Chrome or Chromium, and there is none on PATH (${NAMES.join(", ")}) ` +
      "or in its usual places. Install one (on Debian and Ubuntu the package chromium), or name its executable in the " +
      "environment variable CHROME_PATH.",
  );
}

function candidates({ platform, env }: Machine): string[] {
  const folders = (env.PATH ?? env.Path ?? "").split(delimiter).filter(Boolean);
  const suffix = platform === "win32" ? ".exe" : "";
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  return [...onPath, ...usualPlaces(platform, env)];
}

function usualPlaces(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === "darwin") {
    return ["/Applications", join(env.HOME ?? "", "Applications")].flatMap((folder) =>
      ["Google Chrome", "Chromium"].map((name) => join(folder, `${name}.app`, "Contents", "MacOS", name)),
    );
  }
  if (platform === "win32") {
    return [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) =>
        [join("Google", "Chrome"), "Chromium"].map((name) => join(folder, name, "Application", "chrome.exe")),
      );
  }
  return [];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
