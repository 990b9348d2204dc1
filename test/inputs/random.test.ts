import { describe, expect, it } from "vitest";
import { Random } from "../../src/inputs/random.js";

const draw = (random: Random, n: number) => Array.from({ length: n }, () => random.uint32());

describe("Random", () => {
  it("is xoshiro128** seeded by splitmix32", () => {
    // From a Python transcription of both that gives the reference vector of xoshiro128**
    // for the state [1, 2, 3, 4]: 11520, 0, 5927040, 70819200, 2031721883, …
    expect(draw(new Random(1), 4)).toEqual([3450951197, 1039186671, 4048461058, 1102238143]);
    expect(draw(new Random(4, 2), 4)).toEqual([771564666, 433546008, 1192015891, 220654732]);
  });

  it("gives other numbers for other seeds", () => {
    const seeds = [[0], [1], [0, 0], [0, 1], [1, 0], [1, 1]];
    expect(new Set(seeds.map((seed) => draw(new Random(...seed), 2).join())).size).toBe(seeds.length);
  });

  it("draws every integer of a range, its ends included, about as often", () => {
    const random = new Random(7);
    const counts = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 60_000; i++) counts[random.integer(-2, 3) + 2]++;
    // 10,000 of each, and a standard deviation of 91.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * 91);
  });

  it("draws normal deviates of the mean, the variance and the tails asked for", () => {
    const random = new Random(8);
    const n = 100_000;
    const xs = Array.from({ length: n }, () => random.normal(-6, 1.5));
    const mean = xs.reduce((sum, x) => sum + x, 0) / n;
    const variance = xs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
    expect(Math.abs(mean + 6)).toBeLessThan((5 * 1.5) / Math.sqrt(n));
    expect(Math.abs(variance / 2.25 - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    // 4.55 % of a normal distribution lie beyond 2 deviations.
    const tail = xs.filter((x) => Math.abs(x + 6) > 3).length / n;
    expect(Math.abs(tail - 0.0455)).toBeLessThan(0.003);
  });
});
