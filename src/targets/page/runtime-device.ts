import * as tf from "@tensorflow/tfjs";
import { type Device, DRIVER } from "../device.js";
import { isSoftware } from "../software.js";
import { type AdapterInfo, describeAdapter, watchWebgpu } from "../webgpu-device.js";

/** What computes in the page, and what it is. */
export interface PageDevice extends Device {
  name: string;
  software: boolean;
  float32Textures?: boolean;
  threads?: number;
}

/** What of a page and of tfjs's WebGL backend we use. */
interface Gpu {
  requestAdapter(): Promise<{ info?: AdapterInfo } | null>;
}
interface Canvas {
  getContext(kind: "webgl" | "webgl2"): object | null;
}
interface WebGl {
  canvas: { addEventListener(event: string, listener: () => void): void };
  getExtension(name: string): { UNMASKED_RENDERER_WEBGL: number } | null;
  getParameter(name: number): string;
  getError(): number;
  RENDERER: number;
}

/** The device of a backend that runs; a reason when it does not start. */
export async function startDevice(backend: string): Promise<PageDevice | string> {
  const { flags, missing, device } = BACKENDS[backend];
  for (const [flag, value] of Object.entries(flags)) tf.env().set(flag, value);
  const reason = await missing();
  if (reason !== undefined) return reason;
  const started = await tf.setBackend(backend);
  if (!started || tf.getBackend() !== backend) return `tfjs's backend "${backend}" does not start in it`;
  return device();
}

const BACKENDS: Record<
  string,
  {
    flags: Record<string, boolean>;
    missing(): Promise<string | undefined>;
    device(): Promise<PageDevice>;
  }
> = {
  webgl: {
    flags: {
      WEBGL_CPU_FORWARD: false, // else small tensors are computed by the cpu backend
      SOFTWARE_WEBGL_ENABLED: true, // where there is no GPU
    },
    missing: async () => (hasWebgl() ? undefined : "it has no WebGL"),
    device: webgl,
  },
  webgpu: {
    flags: { WEBGPU_CPU_FORWARD: false },
    missing: async () => ((await adapter()) ? undefined : "its WebGPU finds no adapter"),
    device: webgpu,
  },
  wasm: {
    flags: { WASM_HAS_MULTITHREAD_SUPPORT: false }, // how threads split a reduction would move its last bits
    missing: async () => undefined,
    device: async () => ({
      name: `WebAssembly, ${(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) ? "SIMD" : "no SIMD"}, 1 thread`,
      software: false,
      threads: 1,
      lost: new Promise(() => {}),
      watch: () => async () => {},
    }),
  },
};

/** Asked by a canvas of our own, for tfjs would print what it tries. */
function hasWebgl(): boolean {
  const { OffscreenCanvas } = globalThis as unknown as { OffscreenCanvas: new (...size: number[]) => Canvas };
  const canvas = new OffscreenCanvas(1, 1);
  return (canvas.getContext("webgl2") ?? canvas.getContext("webgl")) !== null;
}

async function webgl(): Promise<PageDevice> {
  const { gl } = (tf.backend() as unknown as { gpgpu: { gl: WebGl } }).gpgpu;
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  while (gl.getError() !== 0) {} // what tfjs's looks at the hardware have left
  const name = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  return {
    name,
    software: isSoftware(name),
    float32Textures: await keepsFloat32(),
    lost: new Promise((resolve) => {
      gl.canvas.addEventListener("webglcontextlost", () => resolve(`The WebGL context was lost. ${DRIVER}`));
    }),
    watch: () => async () => {
      const error = gl.getError();
      if (error !== 0) throw new Error(`WebGL failed: ${GL_ERRORS[error] ?? `error ${error}`}`);
    },
  };
}

/** Measured, since tfjs 4.22's own floatPrecision() has it the wrong way round: 16 where textures hold float32. */
async function keepsFloat32(): Promise<boolean> {
  const x = 1 + 2 ** -23;
  const given = tf.fill([8], x); // so many that a texture is made of them
  const negated = tf.neg(given);
  const [value] = await negated.data();
  given.dispose();
  negated.dispose();
  return value === -x;
}

const GL_ERRORS: Record<number, string> = {
  1280: "invalid enum",
  1281: "invalid value",
  1282: "invalid operation",
  1285: "out of memory",
  1286: "invalid framebuffer operation",
};

async function adapter() {
  const { gpu } = (globalThis as unknown as { navigator: { gpu?: Gpu } }).navigator;
  return gpu?.requestAdapter();
}

async function webgpu(): Promise<PageDevice> {
  const { name, software } = describeAdapter((await adapter())?.info ?? {});
  return { name: `WebGPU, ${name}`, software, ...watchWebgpu(tf.backend()) };
}
