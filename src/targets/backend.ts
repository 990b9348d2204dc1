import type { Tfjs } from "./tfjs.js";

/**
 * Makes an initialised backend the current one, at once. tfjs's setBackend is
 * async only for the initialisation of a backend, which `target` has awaited.
 */
export function useBackend(tf: Tfjs, backend: string): void {
  if (tf.engine().backendName === backend) return;
  void tf.setBackend(backend);
  if (tf.engine().backendName !== backend) throw new Error(`The tfjs backend ${backend} is not initialised.`);
}
