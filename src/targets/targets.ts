import { didYouMean } from "../cli/did-you-mean.js";
import { InputError } from "../inputs/input-error.js";
import type { ResolvedLoss } from "../losses/resolve.js";
import { InProcessTarget } from "./in-process.js";
import { targetNames } from "./names.js";
import { measureSubnormals } from "./subnormals.js";
import type { Target } from "./target.js";
import { loadTfjs, loadWasm, withoutNewHandlers } from "./tfjs.js";

/** The loss that a target is loaded for: a page has to bring its code along. */
export interface Guest {
  loss: ResolvedLoss;
  from: "logits" | "probabilities";
}

const loaders: Record<string, (guest: Guest | undefined) => Promise<Target>> = {
  cpu: async () => {
    const tf = await loadTfjs();
    await tf.setBackend("cpu");
    return new InProcessTarget(tf, "cpu", { device: "JavaScript" });
  },
  wasm: async () => {
    const tf = await loadWasm();
    if (!(await withoutNewHandlers(() => tf.setBackend("wasm")))) {
      throw new InputError(
        'The target "wasm" does not start here: reinstall @tensorflow/tfjs-backend-wasm, or use --target cpu.',
      );
    }
    const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
    const device = `WebAssembly, ${simd ? "SIMD" : "no SIMD"}, 1 thread`;
    return new InProcessTarget(tf, "wasm", { device, threads: 1 });
  },
  tensorflow: async () => (await import("./tensorflow.js")).loadTensorflow("tensorflow"),
  "tensorflow-gpu": async () => (await import("./tensorflow.js")).loadTensorflow("tensorflow-gpu"),
  webgpu: async () => (await import("./webgpu.js")).loadWebgpu(),
  webgl: async (guest) => (await import("./page/load-page.js")).loadPage("webgl", guest),
  "webgpu-browser": async (guest) => (await import("./page/load-page.js")).loadPage("webgpu-browser", guest),
  "wasm-browser": async (guest) => (await import("./page/load-page.js")).loadPage("wasm-browser", guest),
};

/** Loads a target. Throws an InputError that says why it is missing and what to do. */
export async function loadTarget(name: string, guest?: Guest): Promise<Target> {
  const load = loaders[name];
  if (!load) {
    throw new InputError(
      `There is no target "${name}". ${didYouMean(name, targetNames)}The targets are ${targetNames.slice(0, -1).join(", ")} ` +
        `and ${targetNames.at(-1)}.`,
    );
  }
  const target = await load(guest);
  target.description.subnormals = await measureSubnormals(target);
  return target;
}
