import type { LossFunction } from "../losses/loss.js";
import type { Program } from "../program/program.js";
import { useBackend } from "./backend.js";
import { readAtOnce, readLater, replayProgram, valueAndGradient } from "./batch.js";
import type { Device } from "./device.js";
import type { Replay, RunningLoss } from "./target.js";
import type { Tfjs } from "./tfjs.js";

/** Runs functions and programs on a backend of tfjs, in this process or in a page. */
export class Runner {
  readonly #tf: Tfjs;
  readonly #backend: string;
  readonly #device: Device | undefined;

  /** `device`: what the backend computes on, where it does not do so by itself. */
  constructor(tf: Tfjs, backend: string, device?: Device) {
    this.#tf = tf;
    this.#backend = backend;
    this.#device = device;
  }

  batch(f: LossFunction): RunningLoss["batch"] {
    return async (shape, logits, labels) => {
      const endWatch = this.#begin();
      // By the time that it first waits, all is on its way to the device.
      const computing = valueAndGradient(this.#tf, f, shape, logits, labels, this.#read);
      const [result] = await Promise.all([computing, endWatch?.()]);
      return result;
    };
  }

  /** Runs the kernels of a program one by one and keeps every result. */
  async replay(program: Program, logits: Float32Array, labels: Float32Array): Promise<Replay> {
    const endWatch = this.#begin();
    return replayProgram(this.#tf, program, logits, labels, this.#read).finally(endWatch);
  }

  get #read() {
    return this.#device ? readLater : readAtOnce;
  }

  #begin(): (() => Promise<void>) | undefined {
    useBackend(this.#tf, this.#backend);
    return this.#device?.watch();
  }
}
