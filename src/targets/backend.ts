import type { Tfjs } from "./tfjs.js";

/**
 * Makes an initialised backend the current one, at once. tfjs's setBackend is
 * async only for the initialisation of a backend, which `target` has awaited.
 */
export function useBackend(tf: Tfjs, backend: string): void {
  if (tf.engine().backendName === backend) return;
  tf.setBackend(backend).catch(() => {}); // what the next line says
  if (tf.engine().backendName !== backend) throw new Error(`The tfjs backend ${backend} is not initialised.`);
}
