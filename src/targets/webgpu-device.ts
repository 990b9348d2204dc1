import { type Device, DRIVER } from "./device.js";
import { isSoftware } from "./software.js";

/** What of WebGPU we use, in Node as in a page. */
interface WebgpuDevice {
  lost: Promise<{ reason: string; message: string }>;
  pushErrorScope(filter: string): void;
  popErrorScope(): Promise<{ message: string } | null>;
}

/** What an adapter says of itself; browsers keep some of it to themselves. */
export interface AdapterInfo {
  vendor?: string;
  architecture?: string;
  device?: string;
  /** By Dawn the name and version of the driver, without the device. */
  description?: string;
  isFallbackAdapter?: boolean;
}

/** What to call an adapter, and whether it computes on the CPU. */
export function describeAdapter({
  vendor,
  architecture,
  device,
  description,
  isFallbackAdapter,
}: AdapterInfo): { name: string; software: boolean } {
  const maker = [vendor, architecture].filter(Boolean).join(" ");
  const model = device?.replace(/-+$/, ""); // what Dawn puts for other signs than letters and digits
  const known = model && description ? `${model} (${description})` : model || description || maker;
  return {
    name: known || "an adapter without a name",
    software: isFallbackAdapter === true || isSoftware([device, description, maker].join(" ")),
  };
}

const FILTERS = ["validation", "out-of-memory", "internal"];

/** Watches the device of tfjs's WebGPU backend, and lets it refuse reads that block. */
export function watchWebgpu(backend: unknown): Device {
  const { device } = backend as { device: WebgpuDevice };
  forbidBlockingReads(backend as { readSync(): never });
  return {
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

/** A device gives zeros, or nothing, when it is to be read at once: that is to be an error of the loss. */
function forbidBlockingReads(backend: { readSync(): never }): void {
  backend.readSync = () => {
    throw new Error("WebGPU has no reads that block: a loss must not call dataSync() or arraySync() there.");
  };
}
