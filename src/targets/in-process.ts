import type { Program } from "../program/program.js";
import type { TargetDescription } from "../report/report.js";
import { useBackend } from "./backend.js";
import { type Read, readAtOnce, replayProgram, valueAndGradient } from "./batch.js";
import { targets } from "./names.js";
import { evaluatePoints } from "./points.js";
import type { Computed, Points, Replay, Runnable, RunningLoss, Target } from "./target.js";
import type { Tfjs } from "./tfjs.js";

/** A backend of tfjs in this process. */
export class InProcessTarget implements Target {
  readonly description: TargetDescription;
  readonly #tf: Tfjs;
  readonly #backend: string;
  readonly #read: Read;

  constructor(
    tf: Tfjs,
    name: string,
    { versions, ...about }: Partial<TargetDescription> & Pick<TargetDescription, "device">,
    read: Read = readAtOnce,
  ) {
    this.#tf = tf;
    this.#backend = targets.find((target) => target.name === name)?.backend as string;
    this.#read = read;
    this.description = {
      name,
      backend: this.#backend,
      software: false,
      ...about,
      versions: { tfjs: tf.version.tfjs, ...versions, node: process.versions.node },
    };
  }

  running({ f }: Runnable): RunningLoss {
    const batch: RunningLoss["batch"] = (shape, logits, labels) => {
      useBackend(this.#tf, this.#backend);
      return valueAndGradient(this.#tf, f, shape, logits, labels, this.#read);
    };
    return {
      batch,
      points: (points: Points, out: Computed) => evaluatePoints(batch, points, out, this.description.lanes),
    };
  }

  replay(program: Program, logits: Float32Array, labels: Float32Array): Promise<Replay> {
    useBackend(this.#tf, this.#backend);
    return replayProgram(this.#tf, program, logits, labels, this.#read);
  }

  async close(): Promise<void> {}
}
