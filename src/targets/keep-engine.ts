import { loadTfjs, restoreWarnings } from "./tfjs.js";

const THREADS = "WASM_HAS_MULTITHREAD_SUPPORT";

/**
 * Runs what changes the backend of tfjs, in a process that others use tfjs in: afterwards its backend, its flags and
 * `console.warn` are as before. A backend that tfjs had not chosen before is the one that it would have chosen then.
 */
export async function keepEngine<T>(run: () => Promise<T>): Promise<T> {
  const tf = await loadTfjs();
  await tf.ready();
  const engine = tf.engine() as unknown as Record<"backendName" | "backendInstance" | "profiler", unknown>;
  const { backendName, backendInstance, profiler } = engine;
  const flags = tf.env().getFlags();
  const threads = flags[THREADS];
  try {
    return await run();
  } finally {
    Object.assign(engine, { backendName, backendInstance, profiler });
    if (threads === undefined) delete flags[THREADS];
    else flags[THREADS] = threads;
    restoreWarnings();
  }
}
