/** Calls at most twice a second. */
export function throttled(call: () => void): () => void {
  let last = 0;
  return () => {
    const now = Date.now();
    if (now - last < 500) return;
    last = now;
    call();
  };
}
