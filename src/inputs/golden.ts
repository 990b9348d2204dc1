const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The fractional part of a multiple of the golden ratio: those of 0, 1, 2, … are spread evenly and repeat nowhere. */
export function goldenFraction(i: number): number {
  return (i * GOLDEN) % 1;
}
