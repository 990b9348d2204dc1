import { replacedBuiltin } from "../losses/load-builtins.js";
import type { Tfjs } from "../targets/tfjs.js";

/** Watches what all implementations in a process share. */
export class Surroundings {
  readonly #tf: Tfjs;
  #backends: Record<string, unknown> = {};

  constructor(tf: Tfjs) {
    this.#tf = tf;
  }

  /** What the user code that has run since the last call spoiled for all others; undefined when all is well. */
  spoiled(): string | undefined {
    const { registry } = this.#tf.engine();
    const isGone = Object.keys(this.#backends).some((name) => registry[name] !== this.#backends[name]);
    this.#backends = { ...registry };
    const did = isGone ? TAKES_BACKEND : replacedBuiltin();
    return did && `It ${did}`;
  }
}

const TAKES_BACKEND =
  "takes a backend of tfjs away from all others. Call no tf.removeBackend and no tf.engine().reset() in a loss.";
