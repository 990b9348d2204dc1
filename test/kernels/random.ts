/** Reproducible numbers in [0, 1): mulberry32, Tommy Ettinger 2017, public domain. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** float32 numbers, uniform in [low, high]. */
export function uniform(count: number, low: number, high: number, seed = 1): Float32Array {
  const next = mulberry32(seed);
  return Float32Array.from({ length: count }, () => low + (high - low) * next());
}

/** Integers, uniform from low to high (both included). */
export function integers(count: number, low: number, high: number, seed = 1): Int32Array {
  const next = mulberry32(seed);
  return Int32Array.from({ length: count }, () => low + Math.floor((high - low + 1) * next()));
}
