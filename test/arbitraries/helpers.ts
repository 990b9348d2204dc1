import fc, { type Arbitrary } from "fast-check";

/** Values without a bias to edge cases. */
export function sample<T>(arbitrary: Arbitrary<T>, numRuns: number, seed = 1): T[] {
  return fc.sample(fc.noBias(arbitrary), { seed, numRuns });
}

/** Values as the first runs of a property get them, half of them edge cases. */
export function biased<T>(arbitrary: Arbitrary<T>, numRuns: number, seed = 1): T[] {
  return fc.sample(arbitrary, { seed, numRuns });
}

/** What a failing value shrinks to, for each of some seeds. */
export function smallest<T>(arbitrary: Arbitrary<T>, fails: (value: T) => boolean, runs = 10): T[] {
  return Array.from({ length: runs }, (_, seed) => {
    const property = fc.property(arbitrary, (value) => !fails(value));
    const { counterexample } = fc.check(property, { seed, numRuns: 10_000 });
    if (counterexample === null) throw new Error(`Nothing fails for the seed ${seed}.`);
    return counterexample[0];
  });
}

/** How far a count of n draws with probability p may be off: 6 standard deviations, which 1 in 5e8 counts are. */
export const spread = (n: number, p: number) => 6 * Math.sqrt(n * p * (1 - p));
