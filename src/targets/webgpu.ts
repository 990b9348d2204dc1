import { createRequire } from "node:module";
import type { Tensor } from "@tensorflow/tfjs";
import { InputError } from "../inputs/input-error.js";
import { forbidBlockingReads } from "./blocking-reads.js";
import { InProcessTarget } from "./in-process.js";
import { isSoftware } from "./software.js";
import type { Target } from "./target.js";
import { loadTfjs } from "./tfjs.js";

const CURE =
  "install a Vulkan driver of the GPU (on Debian and Ubuntu the package mesa-vulkan-drivers, or NVIDIA's driver), " +
  "or Chromium, whose software renderer then stands in for a GPU";

/** What of tfjs's WebGPU backend we use. */
interface WebgpuBackend {
  device: {
    lost: Promise<{ reason: string; message: string }>;
    onuncapturederror: ((event: { error: { message: string } }) => void) | null;
  };
  readSync(): never;
}

let loading: Promise<Target> | undefined;

/** WebGPU without a browser, by Dawn, which the package `webgpu` brings. A process has one: a second one crashes it. */
export function loadWebgpu(): Promise<Target> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Target> {
  let dawn: typeof import("webgpu");
  try {
    dawn = await import("webgpu");
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND";
    const reason = isMissing ? "is not installed" : `does not load here: ${(error as Error).message}`;
    throw new InputError(
      `The target "webgpu" needs the package webgpu, which ${reason}. ` +
        'Run "npm install webgpu @tensorflow/tfjs-backend-webgpu".',
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
  const { description, vendor, architecture, isFallbackAdapter } = adapter.info;
  const names = [description, vendor, architecture].filter(Boolean);
  if (!(await tf.setBackend("webgpu"))) {
    throw new InputError(`The target "webgpu" does not start on ${names.join(", ")}: ${CURE}.`);
  }
  const device = `WebGPU by Dawn, ${names[0] ?? "an adapter without a name"}`;
  const software = isFallbackAdapter || isSoftware(names.join(" "));
  const { version } = createRequire(import.meta.url)("webgpu/package.json") as { version: string };
  const read = checkedReads(tf.backend() as unknown as WebgpuBackend);
  return new InProcessTarget(tf, "webgpu", { device, software, versions: { dawn: version } }, read);
}

/**
 * After an error of the device tfjs reads what an earlier call has left, and
 * nothing throws. So the device is watched, and every read asks how it is.
 */
function checkedReads(backend: WebgpuBackend): (tensor: Tensor) => Promise<ArrayLike<number>> {
  let broken: string | undefined;
  backend.device.lost.then(({ reason, message }) => {
    broken ??= `the device was lost (${[reason, message].filter(Boolean).join(": ")})`;
  });
  backend.device.onuncapturederror = ({ error }) => {
    broken ??= error.message.split("\n")[0];
  };
  forbidBlockingReads(backend);
  return async (tensor) => {
    const data = await tensor.data();
    if (broken !== undefined) throw new Error(`WebGPU failed: ${broken}`);
    return data;
  };
}
