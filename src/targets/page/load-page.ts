import { createRequire } from "node:module";
import { InputError } from "../../inputs/input-error.js";
import { LoadError } from "../../losses/load-error.js";
import { manifestOf } from "../../losses/load-tfjs.js";
import { targets } from "../names.js";
import { isSoftware } from "../software.js";
import type { Target } from "../target.js";
import type { Guest } from "../targets.js";
import { findBrowser } from "./browser.js";
import { bundle } from "./bundle.js";
import { launchBrowser } from "./launch.js";
import { openPage } from "./open-page.js";
import { PageTarget } from "./page-target.js";
import type { Started } from "./protocol.js";
import { PageSession } from "./session.js";

const require = createRequire(import.meta.url);

/** A target in a page of a browser, with the functions of the guest. */
export async function loadPage(name: string, guest: Guest | undefined): Promise<Target> {
  const backend = targets.find((target) => target.name === name)?.backend as string;
  checkPackages(name, ["playwright-core", "esbuild", ...(backend === "webgpu" ? [WEBGPU] : [])]);
  const executable = findBrowser(name);
  const [launched, bundled] = await Promise.allSettled([
    launchBrowser(executable, name),
    bundle({ backend, from: guest?.from ?? "logits" }, guest?.loss),
  ]);
  if (launched.status === "rejected") throw launched.reason;
  const { context, close } = launched.value;
  try {
    if (bundled.status === "rejected") throw bundled.reason;
    const session = new PageSession(context, await openPage(context, bundled.value));
    const started = await session.evaluate<Started>("start");
    const version = context.browser()?.version() ?? "";
    if ("missing" in started) {
      throw new InputError(
        `The target "${name}" does not start in ${executable} ${version}: ${started.missing}. ` +
          "Install a driver of the GPU, or name another Chrome or Chromium in the environment variable CHROME_PATH.",
      );
    }
    if ("importThrew" in started) throw new LoadError(importThrew(guest, started.importThrew));
    const { browser, device, isFallback, tfjs, float32Textures, threads } = started;
    const description = {
      ...{ name, backend, device: `${device}, ${browser} ${version}` },
      software: isFallback || isSoftware(device),
      ...{ threads, float32Textures },
      versions: { tfjs, [browser.toLowerCase().replace(" ", "-")]: version, node: process.versions.node },
    };
    return new PageTarget(description, session, close);
  } catch (error) {
    await close();
    throw error;
  }
}

const WEBGPU = "@tensorflow/tfjs-backend-webgpu";

function checkPackages(target: string, names: readonly string[]): void {
  const missing = names.filter((name) => manifestOf(name, require) === undefined);
  if (missing.length === 0) return;
  throw new InputError(
    `The target "${target}" needs what is not installed: ${missing.join(", ")}. Run "npm install ${missing.join(" ")}".`,
  );
}

function importThrew(guest: Guest | undefined, message: string): string {
  const file = guest?.loss.kind === "file" ? guest.loss.path : "The catalogue";
  const cure = / is not defined$/.test(message) ? " A page has none of the globals that only Node has." : "";
  return `${file} throws when it is imported in a page: ${message.replace(/\.$/, "")}.${cure}`;
}
