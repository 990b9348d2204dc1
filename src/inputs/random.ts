/**
 * Seeded random numbers that are the same on every machine and engine: 32-bit
 * integer arithmetic, and float64 operations that are exact.
 *
 * xoshiro128** 1.1 by Blackman and Vigna (public domain, doi 10.1145/3460772),
 * its state filled from the seed by splitmix32, as its authors advise.
 */
export class Random {
  readonly #state: Uint32Array;

  /** Different `seeds`, integers modulo 2^32, give unrelated streams. */
  constructor(...seeds: number[]) {
    let mixed = 0;
    const next = () => {
      mixed = (mixed + 0x9e3779b9) | 0;
      return splitmix(mixed);
    };
    for (const seed of seeds) mixed = next() ^ splitmix(seed | 0);
    this.#state = Uint32Array.from({ length: 4 }, next);
  }

  /** An integer from 0 to 2^32 - 1, every one as likely. */
  uint32(): number {
    const s = this.#state;
    const result = Math.imul(rotate(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11);
    return result;
  }

  /** An integer from `min` to `max`, both included; n values differ in probability by less than n/2^32. */
  integer(min: number, max: number): number {
    return min + Math.floor((this.uint32() / 2 ** 32) * (max - min + 1));
  }

  /**
   * A normal deviate, as the sum of 12 uniform ones (Irwin-Hall): mean and
   * variance of the normal distribution, kurtosis 2.9, nothing beyond 6
   * deviations. The sum is exact in float64. Box-Muller needs `Math.cos`, which
   * engines round differently.
   */
  normal(mean: number, deviation: number): number {
    // The mean of an integer from 0 to 2^32 - 1 is half less than 2^31, 12 times.
    let sum = 6;
    for (let i = 0; i < 12; i++) sum += this.uint32();
    return mean + deviation * ((sum - 6 * 2 ** 32) / 2 ** 32);
  }
}

const rotate = (x: number, k: number) => (x << k) | (x >>> (32 - k));

/** The finaliser of MurmurHash3, with the constants of Mulvey's splitmix32. */
function splitmix(x: number): number {
  let z = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}
