import * as tf from "@tensorflow/tfjs";
import { forbidBlockingReads } from "../blocking-reads.js";

/** What computes in the page. */
export interface Device {
  name: string;
  isFallback: boolean;
  float32Textures?: boolean;
  threads?: number;
  /** Comes when the device is gone, and says how. */
  lost: Promise<string>;
  /**
   * Looks for errors of the device from now on: they are reported to nobody, and
   * what is read then are zeros, or what an earlier call has left. What comes back
   * ends that, and throws one that there was.
   */
  watch(): () => Promise<void>;
}

/** What of a page and of tfjs's backends we use. */
interface Gpu {
  requestAdapter(): Promise<{ info: Record<string, string> & { isFallbackAdapter?: boolean } } | null>;
}
interface GpuDevice {
  lost: Promise<{ reason: string; message: string }>;
  pushErrorScope(filter: string): void;
  popErrorScope(): Promise<{ message: string } | null>;
}
interface WebGl {
  canvas: { addEventListener(event: string, listener: () => void): void };
  getExtension(name: string): { UNMASKED_RENDERER_WEBGL: number } | null;
  getParameter(name: number): string;
  getError(): number;
  RENDERER: number;
}

const DRIVER = "A driver does that when a computation takes too much time or memory.";

/** The device of a backend that runs; a reason when it does not start. */
export async function startDevice(backend: string): Promise<Device | string> {
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
    device(): Promise<Device>;
  }
> = {
  webgl: {
    flags: {
      WEBGL_CPU_FORWARD: false, // else small tensors are computed by the cpu backend
      SOFTWARE_WEBGL_ENABLED: true, // where there is no GPU
    },
    missing: async () => (tf.env().getNumber("WEBGL_VERSION") === 0 ? "it has no WebGL" : undefined),
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
      isFallback: false,
      threads: 1,
      lost: new Promise(() => {}),
      watch: () => async () => {},
    }),
  },
};

async function webgl(): Promise<Device> {
  const { gl } = (tf.backend() as unknown as { gpgpu: { gl: WebGl } }).gpgpu;
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  while (gl.getError() !== 0) {} // what tfjs's looks at the hardware have left
  return {
    name: gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER),
    isFallback: false,
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

/** A browser whose GPU process starts, or starts again, has none for a moment. */
async function adapter() {
  const { gpu } = (globalThis as unknown as { navigator: { gpu?: Gpu } }).navigator;
  for (let tries = 1; ; tries++) {
    const found = await gpu?.requestAdapter();
    if (found || tries === 5) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function webgpu(): Promise<Device> {
  const { info = {} } = (await adapter()) ?? {};
  const { description, vendor, architecture } = info as Record<string, string>;
  const backend = tf.backend() as unknown as { device: GpuDevice; readSync(): never };
  const { device } = backend;
  forbidBlockingReads(backend);
  return {
    name: `WebGPU, ${description || [vendor, architecture].filter(Boolean).join(" ") || "an adapter without a name"}`,
    isFallback: "isFallbackAdapter" in info && info.isFallbackAdapter === true,
    lost: device.lost.then(({ reason, message }) => {
      const why = [reason, message.replace(/\.$/, "")].filter(Boolean).join(": ");
      return `The WebGPU device was lost (${why}). ${DRIVER}`;
    }),
    watch: () => {
      for (const filter of FILTERS) device.pushErrorScope(filter);
      return async () => {
        const errors = await Promise.all(FILTERS.map(() => device.popErrorScope()));
        const error = errors.find((popped) => popped !== null);
        if (error) throw new Error(`WebGPU failed: ${error.message.split("\n")[0]}`);
      };
    },
  };
}

const FILTERS = ["validation", "out-of-memory", "internal"];
