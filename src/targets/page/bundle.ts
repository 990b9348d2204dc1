import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";
import { typedPath } from "../../cli/typed-path.js";
import { checkLossFile } from "../../losses/load-file.js";
import { manifestOf, tfjsFolders } from "../../losses/load-tfjs.js";
import type { Guest } from "../targets.js";
import { explainBundling } from "./bundle-error.js";
import { entryText } from "./entry.js";
import type { PageSetup } from "./protocol.js";

const require = createRequire(import.meta.url);

/** The script of a page: our runtime, the user's functions with all that they import, and one tfjs for both. */
export async function bundle(setup: PageSetup, loss: Guest["loss"] | undefined): Promise<string> {
  if (loss?.kind === "file") checkLossFile(loss.path, typedPath(loss.path));
  try {
    const esbuild = await import("esbuild");
    const { outputFiles } = await esbuild.build({
      stdin: {
        contents: entryText(setup, loss),
        resolveDir: dirname(fileURLToPath(import.meta.url)),
        loader: "js",
      },
      absWorkingDir: typedPath("."),
      bundle: true,
      format: "esm", // which may await at the top level
      platform: "browser",
      mainFields: ["browser", "module", "main"], // else a CommonJS file would bring a second tfjs along, that of Node
      charset: "utf8",
      alias: { ...tfjsFolders(), ...backendFolders() },
      plugins: [defaultOfTfjs],
      define: { "process.env.NODE_ENV": '"production"' },
      write: false,
      logLevel: "silent",
    });
    return outputFiles[0].text;
  } catch (error) {
    throw explainBundling(error);
  }
}

/** In Node `import tf from "@tensorflow/tfjs"` works, though that has no default export: it is CommonJS there. */
const defaultOfTfjs: Plugin = {
  name: "default-of-tfjs",
  setup(build) {
    const folders = tfjsFolders();
    build.onResolve({ filter: /^@tensorflow\/tfjs(-core|-node|-node-gpu)?$/ }, ({ path, importer }) =>
      /[\\/]@tensorflow[\\/]/.test(importer) ? undefined : { path: folders[path], namespace: "tfjs" },
    );
    build.onLoad({ filter: /./, namespace: "tfjs" }, ({ path }) => {
      const tfjs = JSON.stringify(path);
      const contents = `export * from ${tfjs}; import * as tf from ${tfjs}; export default tf;`;
      return { contents, resolveDir: path };
    });
  },
};

/** WebGPU's backend is no part of tfjs. */
function backendFolders(): Record<string, string> {
  const name = "@tensorflow/tfjs-backend-webgpu";
  const manifest = manifestOf(name, require);
  return manifest === undefined ? {} : { [name]: dirname(manifest) };
}
