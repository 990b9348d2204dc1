import { fileURLToPath } from "node:url";
import { createJiti } from "jiti";
import { InputError } from "../inputs/input-error.js";
import { importFault } from "../losses/load-import.js";

/** Seconds that a configuration has to say what it is. */
const PATIENCE = 30;

/**
 * The default export of a configuration in TypeScript or JavaScript. Its code runs in this process: one that
 * throws, ends the process or never comes back is an InputError.
 */
export async function importConfig(file: string, name: string): Promise<unknown> {
  const isSource = import.meta.url.endsWith(".ts");
  const ours = fileURLToPath(new URL(isSource ? "../index.ts" : "../index.js", import.meta.url));
  const jiti = createJiti(file, { fsCache: false, tsconfigPaths: true, alias: { "loss-audit": ours } });
  const { exit } = process;
  let timer: NodeJS.Timeout | undefined;
  // Node would end with exit code 0 when nothing is left to wait for.
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not come back within ${PATIENCE} s`)), PATIENCE * 1000);
  });
  process.exit = (code) => {
    throw new Error(`it calls process.exit(${code ?? ""})`);
  };
  try {
    const module = await Promise.race([jiti.import<Record<string, unknown>>(file), never]);
    if (module.default !== undefined) return module.default;
  } catch (error) {
    throw new InputError(importFault(file, error));
  } finally {
    clearTimeout(timer);
    process.exit = exit;
  }
  throw new InputError(`${name} has no default export. Write export default defineConfig({ … }).`);
}
