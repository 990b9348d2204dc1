import { availableParallelism } from "node:os";
import { sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { defineConfig, type Plugin } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** Tests import the sources, for their types, and run what is built of them: what is shipped, and starts faster. */
const built: Plugin = {
  name: "built",
  enforce: "pre",
  resolveId(source, importer) {
    if (!importer?.startsWith(`${root}test`) || !/^(\.\.\/)+(src|commands)\//.test(source)) return null;
    return fileURLToPath(new URL(source, pathToFileURL(importer))).replace(root, `${root}dist${sep}`);
  },
};

export default defineConfig({
  plugins: [built],
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: "test/build.ts",
    maxWorkers: availableParallelism(),
    // Commands are tested by what they write: it must reach the real streams.
    disableConsoleIntercept: true,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
