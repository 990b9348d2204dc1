import { extname } from "node:path";
import { createJiti } from "jiti";
import { typedPath } from "../cli/typed-path.js";
import { InputError } from "../inputs/input-error.js";
import { importFault } from "../losses/load-import.js";
import { defineConfig } from "./config.js";

type Module = Record<string, unknown>;

/** Seconds that a configuration has to say what it is. */
const PATIENCE = 30;

let last: Promise<unknown> = Promise.resolve();

/**
 * The default export of a configuration in TypeScript or JavaScript, whose text is given. In it `loss-audit` is this
 * package, installed there or not. Its code runs in this process: one that throws, ends the process or waits for ever is
 * an InputError. What it prints goes to stderr: stdout is for reports.
 */
export function importConfig(file: string, text: string, patience = PATIENCE): Promise<unknown> {
  // One after the other: what is put in the place of process.exit is that of one file.
  const turn = last.then(() => importOne(file, text, patience));
  last = turn.catch(() => {});
  return turn;
}

async function importOne(file: string, text: string, patience: number): Promise<unknown> {
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
    const loading = jiti.evalModule(text, {
      filename: path,
      ext: extname(path),
      forceTranspile: true,
      async: true,
    }) as Promise<Module>;
    const config = await Promise.race([loading.then(exported), never]);
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
  if (module.__esModule === true) return module.default;
  return Object.keys(module).length > 0 ? module : undefined;
}
