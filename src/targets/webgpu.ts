import { createRequire } from "node:module";
import { InputError } from "../inputs/input-error.js";
import { messageOf } from "../message-of.js";
import { InProcessTarget } from "./in-process.js";
import { needPackages } from "./packages.js";
import type { Target } from "./target.js";
import { loadTfjs } from "./tfjs.js";
import { describeAdapter, watchWebgpu } from "./webgpu-device.js";

const CURE =
  "install a Vulkan driver of the GPU (on Debian and Ubuntu the package mesa-vulkan-drivers, or NVIDIA's driver), " +
  "or Chromium, whose software renderer then stands in for a GPU";

let loading: Promise<Target> | undefined;

/** WebGPU without a browser, by Dawn, which the package `webgpu` brings. A process has one: a second one crashes it. */
export function loadWebgpu(): Promise<Target> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Target> {
  needPackages("webgpu", ["webgpu", "@tensorflow/tfjs-backend-webgpu"]);
  let dawn: typeof import("webgpu");
  try {
    dawn = await import("webgpu");
  } catch (error) {
    throw new InputError(
      `The target "webgpu" does not load: ${messageOf(error).split("\n")[0].replace(/\.$/, "")}. Its native part is missing ` +
        'or was made for another system: run "npm install webgpu".',
    );
  }
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create([]);
  Object.defineProperty(globalThis, "navigator", { value: { gpu }, configurable: true });
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new InputError(`The target "webgpu" finds no GPU adapter: ${CURE}.`);
  const tf = await loadTfjs();
  await import("@tensorflow/tfjs-backend-webgpu");
  tf.env().set("WEBGPU_CPU_FORWARD", false); // else small tensors are computed by the cpu backend
  const { name, software } = describeAdapter(adapter.info);
  if (!(await tf.setBackend("webgpu"))) {
    throw new InputError(`The target "webgpu" does not start on ${name}: ${CURE}.`);
  }
  const { version } = createRequire(import.meta.url)("webgpu/package.json") as { version: string };
  const about = { device: `WebGPU by Dawn, ${name}`, software, versions: { dawn: version } };
  return new InProcessTarget(tf, "webgpu", about, watchWebgpu(tf.backend()));
}
