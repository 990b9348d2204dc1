import { join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { InputError } from "../../inputs/input-error.js";
import { temporaryFolder } from "./temporary-folder.js";

/** Seconds that a browser has to start, and to close. */
const START = 20;
const CLOSE = 5;

/**
 * A GPU is used where there is one, also by browsers built for use without a window alone. On Linux a browser without
 * a window passes it by unless it is told to use Vulkan, and must be kept from asking Vulkan for a window.
 */
const GPU = [
  "--enable-gpu",
  ...(process.platform === "linux"
    ? ["--use-angle=vulkan", "--enable-features=Vulkan", "--disable-vulkan-surface"]
    : []),
];

export interface LaunchedBrowser {
  context: BrowserContext;
  close(): Promise<void>;
}

/**
 * Starts a browser without a window, in a profile of its own. It listens on a
 * pipe to this process, and so ends with it; what it has written goes too.
 */
export async function launchBrowser(executablePath: string, target: string): Promise<LaunchedBrowser> {
  const { chromium } = await import("playwright-core");
  const folder = await temporaryFolder();
  let context: BrowserContext;
  try {
    context = await chromium.launchPersistentContext(join(folder.path, "profile"), {
      executablePath,
      artifactsDir: join(folder.path, "artifacts"),
      env: { ...process.env, ...inside(folder.path) } as Record<string, string>,
      args: ["--enable-unsafe-webgpu", ...GPU],
      timeout: START * 1000,
      // Signals are for this process to handle.
      ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
    });
  } catch (error) {
    await folder.remove();
    throw new InputError(
      `The target "${target}" needs a browser, and ${executablePath} does not start: ${reasonOf(error as Error)}. ` +
        "Try it by hand, or name another Chrome or Chromium in the environment variable CHROME_PATH.",
    );
  }
  await gpuIsKnown(context);
  return {
    context,
    close: async () => {
      await withLimit(context.close());
      await folder.remove();
    },
  };
}

/** What the browser writes beside its profile: files of its own, and what it knows of crashes. */
function inside(path: string): Record<string, string> {
  return { TMPDIR: path, BREAKPAD_DUMP_LOCATION: join(path, "crashes") };
}

/**
 * Where there is no GPU, the browser's process for it ends at its start, and another one with a software renderer takes
 * its place: what a page begins before that finds no adapter, or is lost. What the browser runs on it says once that is over.
 */
async function gpuIsKnown(context: BrowserContext): Promise<void> {
  const session = await context.browser()?.newBrowserCDPSession();
  await session?.send("SystemInfo.getInfo");
  await session?.detach();
}

/** A browser that does not close is ended by the removal of its folder. */
async function withLimit(closing: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE * 1000);
  });
  await Promise.race([closing, limit]);
  clearTimeout(timer);
}

/** What the browser itself said on stderr, if it did; else how it ended. */
function reasonOf({ name, message }: Error): string {
  if (name === "TimeoutError") return `it did not answer within ${START} s`;
  const [, said] = message.match(/\[err\] (.+)/) ?? [];
  const [, code, signal] = message.match(/<process did exit: exitCode=(\w+), signal=(\w+)>/) ?? [];
  const ended = code && `it ended with ${signal === "null" ? `exit code ${code}` : signal}`;
  return (said ?? ended ?? message.split("\n")[0]).trim().replace(/\.$/, "");
}
