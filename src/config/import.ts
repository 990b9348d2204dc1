import { createJiti } from "jiti";
import { typedPath } from "../cli/typed-path.js";
import { InputError } from "../inputs/input-error.js";
import { importFault } from "../losses/load-import.js";
import { defineConfig } from "./config.js";

type Module = Record<string, unknown>;

/** Seconds that a configuration has to say what it is. */
const PATIENCE = 30;

/**
 * The default export of a configuration in TypeScript or JavaScript, in which `loss-audit` is this package, installed
 * there or not. Its code runs in this process: one that throws, ends the process or waits for ever is an InputError.
 * What it prints goes to stderr: stdout is for reports.
 */
export async function importConfig(file: string, patience = PATIENCE): Promise<unknown> {
  const path = typedPath(file);
  const jiti = createJiti(path, {
    fsCache: false,
    moduleCache: false,
    tsconfigPaths: true,
    interopDefault: false,
    virtualModules: { "loss-audit": { defineConfig } },
  });
  const { exit } = process;
  const { write } = process.stdout;
  let timer: NodeJS.Timeout | undefined;
  // Node would end with exit code 0 when nothing is left to wait for.
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new InputError(`${file} does not come back within ${patience} s.`)),
      patience * 1000,
    );
  });
  process.exit = (code) => {
    throw new InputError(`${file} calls process.exit(${code ?? ""}): a configuration only says what to do.`);
  };
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
  try {
    const config = await Promise.race([jiti.import<Module>(path).then(exported), never]);
    if (config !== undefined) return config;
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(importFault(path, error));
  } finally {
    clearTimeout(timer);
    process.exit = exit;
    process.stdout.write = write;
  }
  throw new InputError(`${file} has no default export. Write export default defineConfig({ … }).`);
}

/** The default export, which may be a promise; of a CommonJS module all that it exports. */
function exported(module: Module): unknown {
  const isEsModule =
    module.__esModule === true || Object.prototype.toString.call(module) === "[object Module]";
  if ("default" in module || isEsModule) return module.default;
  return Object.keys(module).length > 0 ? module : undefined;
}
