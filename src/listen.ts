/** Functions that are called while something runs, and a signal that stops it. */
type Hooks = { signal?: AbortSignal };

/**
 * Runs something that calls hooks. One that throws stops it, and what it threw is thrown: otherwise it would end the
 * process, since most hooks are called when a message arrives.
 */
export async function listen<H extends Hooks, R>(hooks: H, run: (hooks: H) => Promise<R>): Promise<R> {
  const { signal } = hooks;
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  let thrown: { error: unknown } | undefined;
  const guarded = Object.entries<unknown>(hooks).map(([name, hook]) => {
    if (typeof hook !== "function") return [name, hook];
    const call = (...args: unknown[]) => {
      if (thrown) return;
      try {
        hook(...args);
      } catch (error) {
        thrown = { error };
        controller.abort();
      }
    };
    return [name, call];
  });
  if (signal?.aborted) abort();
  else signal?.addEventListener("abort", abort, { once: true });
  try {
    const result = await run({ ...Object.fromEntries(guarded), signal: controller.signal });
    if (thrown) throw thrown.error;
    return result;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}
