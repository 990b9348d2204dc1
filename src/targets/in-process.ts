import type { Program } from "../program/program.js";
import type { TargetDescription } from "../report/report.js";
import type { Device } from "./device.js";
import { backendOf } from "./names.js";
import { evaluatePoints } from "./points.js";
import { Runner } from "./runner.js";
import type { Replay, Runnable, RunningLoss, Target } from "./target.js";
import type { Tfjs } from "./tfjs.js";
import { type UntilLost, untilLost } from "./until-lost.js";

/** A backend of tfjs in this process. */
export class InProcessTarget implements Target {
  readonly description: TargetDescription;
  readonly #runner: Runner;
  readonly #untilLost: UntilLost;

  constructor(
    tf: Tfjs,
    name: string,
    { versions, ...about }: Partial<TargetDescription> & Pick<TargetDescription, "device">,
    device?: Device,
  ) {
    const backend = backendOf(name);
    this.#runner = new Runner(tf, backend, device);
    this.#untilLost = device ? untilLost(device.lost) : (work) => work();
    this.description = {
      name,
      backend,
      software: false,
      ...about,
      versions: { tfjs: tf.version.tfjs, ...versions, node: process.versions.node },
    };
  }

  running({ f }: Runnable): RunningLoss {
    const batch = this.#runner.batch(f);
    const { lanes } = this.description;
    return {
      batch: (shape, logits, labels) => this.#untilLost(() => batch(shape, logits, labels)),
      points: (points, out) => this.#untilLost(() => evaluatePoints(batch, points, out, lanes)),
    };
  }

  replay(program: Program, logits: Float32Array, labels: Float32Array): Promise<Replay> {
    return this.#untilLost(() => this.#runner.replay(program, logits, labels));
  }

  async close(): Promise<void> {}
}
