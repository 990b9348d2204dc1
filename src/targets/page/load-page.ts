import { InputError } from "../../inputs/input-error.js";
import { LoadError } from "../../losses/load-error.js";
import { backendOf } from "../names.js";
import { needPackages } from "../packages.js";
import type { Target } from "../target.js";
import type { Guest } from "../targets.js";
import { findBrowser } from "./browser.js";
import { bundle } from "./bundle.js";
import { launchBrowser } from "./launch.js";
import { openPage } from "./open-page.js";
import { PageTarget } from "./page-target.js";
import type { Started } from "./protocol.js";
import { PageSession } from "./session.js";

/** Those that tfjs does not bring along, and that are optional. */
const BACKEND_PACKAGES: Record<string, string[]> = { webgpu: ["@tensorflow/tfjs-backend-webgpu"] };

/** A target in a page of a browser, with the functions of the guest. */
export async function loadPage(name: string, guest: Guest | undefined): Promise<Target> {
  const backend = backendOf(name);
  needPackages(name, ["playwright-core", "esbuild", ...(BACKEND_PACKAGES[backend] ?? [])]);
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
    const { browser, device, software, tfjs, float32Textures, threads } = started;
    const description = {
      ...{ name, backend, device: `${device}, ${browser} ${version}` },
      ...{ software, threads, float32Textures },
      versions: { tfjs, [browser.toLowerCase().replace(" ", "-")]: version, node: process.versions.node },
    };
    return new PageTarget(description, session, close);
  } catch (error) {
    await close();
    throw error;
  }
}

function importThrew(guest: Guest | undefined, message: string): string {
  const file = guest?.loss.kind === "file" ? guest.loss.path : "The catalogue";
  const cure = / is not defined$/.test(message) ? " A page has none of the globals that only Node has." : "";
  return `${file} throws when it is imported in a page: ${message.replace(/\.$/, "")}.${cure}`;
}
