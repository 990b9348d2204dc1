import type { Computed, Points, Runnable, RunningLoss, Target } from "../targets/target.js";

/** A user's function on a target, fed with points. */
export class TargetFunction {
  /** What it threw last. */
  lastError = "";
  readonly #running: RunningLoss;
  readonly #points: Pick<Points, "shape" | "batched">;

  constructor(target: Target, subject: Runnable & Pick<Points, "shape" | "batched">) {
    this.#running = target.running(subject);
    this.#points = { shape: subject.shape, batched: subject.batched };
  }

  /**
   * Evaluates n points; both arrays hold n times as many numbers as a point has.
   * True when something threw; `out.threw` says where.
   */
  async evaluate(logits: Float32Array, labels: Float32Array, n: number, out: Computed): Promise<boolean> {
    const thrown = await this.#running.points({ ...this.#points, n, logits, labels }, out);
    if (thrown === undefined) return false;
    this.lastError = thrown;
    return true;
  }
}
