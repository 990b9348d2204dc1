import { fileURLToPath } from "node:url";
import { typedPath } from "../../cli/typed-path.js";
import type { Guest } from "../targets.js";
import type { PageSetup } from "./protocol.js";

/** Where a page is served: nobody has this address, and its scheme lets it use WebGPU. */
export const ORIGIN = "https://run.invalid/";

const IMPORTS: Record<string, string> = {
  webgl: "",
  webgpu: 'import "@tensorflow/tfjs-backend-webgpu";',
  wasm: `import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm"; setWasmPaths("${ORIGIN}");`,
};

/** The module that a page starts with, as text. */
export function entryText(setup: PageSetup, loss: Guest["loss"] | undefined): string {
  return [
    IMPORTS[setup.backend],
    `import { serve } from ${ours("./runtime")};`,
    `serve(${JSON.stringify(setup)}, async () => {`,
    loss === undefined ? "return { functions: {} };" : functionsOf(loss),
    "});",
  ].join("\n");
}

function functionsOf(loss: Guest["loss"]): string {
  if (loss.kind === "function") throw new Error("A page can't load a function: it has no file.");
  if (loss.kind === "catalogue") {
    return `
      const { findLoss } = await import(${ours("../../losses/catalogue")});
      const { point, implementations } = findLoss(${JSON.stringify(loss.name)});
      return { point, functions: Object.fromEntries(implementations.map(({ name, f }) => [name, f])) };`;
  }
  // An implementation has the name of its export.
  return `return { functions: { ...await import(${JSON.stringify(typedPath(loss.path))}) } };`;
}

/** A file of ours, in source form or built. */
function ours(path: string): string {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return JSON.stringify(fileURLToPath(new URL(`${path}.${extension}`, import.meta.url)));
}
