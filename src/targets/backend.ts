import type { KernelBackend } from "@tensorflow/tfjs";
import type { Tfjs } from "./tfjs.js";

/** Backends whose kernels tfjs has set up. */
const ready = new WeakSet<KernelBackend>();

/**
 * Makes an initialised backend the current one, at once. tfjs's setBackend is
 * async only for the initialisation of a backend, which `target` has awaited; it
 * sets up every kernel of the backend each time, which is needed once.
 */
export function useBackend(tf: Tfjs, backend: string): void {
  const engine = tf.engine();
  if (engine.backendName === backend) return;
  const instance = engine.registry[backend];
  if (instance !== undefined && ready.has(instance)) {
    Object.assign(engine, { backendName: backend, backendInstance: instance });
    return;
  }
  tf.setBackend(backend).catch(() => {}); // what the next line says
  if (engine.backendName !== backend) throw new Error(`The tfjs backend ${backend} is not initialised.`);
  ready.add(engine.registry[backend]);
}
