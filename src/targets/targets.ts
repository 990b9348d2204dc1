import { didYouMean } from "../cli/did-you-mean.js";
import { InputError } from "../inputs/input-error.js";
import type { TargetDescription } from "../report/report.js";
import { loadTfjs, loadWasm, type Tfjs } from "./tfjs.js";

/** A real backend that runs the user's function. */
export interface Target {
  tf: Tfjs;
  description: TargetDescription;
}

const loaders: Record<string, () => Promise<Target>> = {
  cpu: async () => {
    const tf = await loadTfjs();
    await tf.setBackend("cpu");
    return { tf, description: describe(tf, "cpu", "JavaScript") };
  },
  wasm: async () => {
    const tf = await loadWasm();
    if (!(await withoutNewHandlers(() => tf.setBackend("wasm")))) {
      throw new InputError(
        'The target "wasm" does not start here: reinstall @tensorflow/tfjs-backend-wasm, or use --target cpu.',
      );
    }
    const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
    return { tf, description: describe(tf, "wasm", `WebAssembly, ${simd ? "SIMD" : "no SIMD"}, 1 thread`) };
  },
};

/**
 * The loader of the WebAssembly module throws every uncaught exception of the
 * process again, so that Node prints the loader's own source, one line of 30 kB.
 */
async function withoutNewHandlers<T>(start: () => Promise<T>): Promise<T> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = new Set(events.flatMap((event) => process.listeners(event as "uncaughtException")));
  const result = await start();
  for (const event of events) {
    for (const listener of process.listeners(event as "uncaughtException")) {
      if (!before.has(listener)) process.removeListener(event, listener);
    }
  }
  return result;
}

export const targetNames: readonly string[] = Object.keys(loaders);

/** Loads a target and makes it the current backend. Throws an InputError that says why it is missing. */
export async function loadTarget(name: string): Promise<Target> {
  const load = loaders[name];
  if (!load) {
    throw new InputError(
      `There is no target "${name}". ${didYouMean(name, targetNames)}The targets are ${targetNames.join(" and ")}.`,
    );
  }
  return load();
}

function describe(tf: Tfjs, backend: string, device: string): TargetDescription {
  return { name: backend, backend, device, versions: { tfjs: tf.version.tfjs, node: process.versions.node } };
}
