import { describe, expect, test } from "vitest";
import { Archive } from "../../src/fuzz/archive.js";
import { type Case, keyOf } from "../../src/fuzz/case.js";
import { Domain } from "../../src/fuzz/domain.js";
import { FreeLabels } from "../../src/fuzz/labels.js";
import { Population } from "../../src/fuzz/population.js";
import { seeds } from "../../src/fuzz/seeds.js";
import { ordinal } from "../../src/inputs/float32.js";
import { Random } from "../../src/inputs/random.js";
import { input, judging } from "./judging.js";

const numbered = (x: number) => input([1], [x]);

describe("an archive", () => {
  test("keeps for each aim the input of the highest score, and of equal ones the first", () => {
    const archive = new Archive();
    const picked = () => archive.pick(new Random(1)).logits[0];
    archive.offer("aim", numbered(1), 5);
    expect(picked()).toBe(1);
    archive.offer("aim", numbered(2), 4);
    archive.offer("aim", numbered(3), 5);
    expect(picked()).toBe(1);
    archive.offer("aim", numbered(4), 6);
    expect(picked()).toBe(4);
    expect(archive.size).toBe(1);
  });

  test("gives the best of each aim as often", () => {
    const archive = new Archive();
    for (let aim = 0; aim < 4; aim++) archive.offer(String(aim), numbered(aim), aim);
    const random = new Random(2);
    const counts = [0, 0, 0, 0];
    const n = 4000;
    for (let i = 0; i < n; i++) counts[archive.pick(random).logits[0]]++;
    // 6 standard deviations of a count with probability 1/4.
    for (const count of counts) expect(Math.abs(count - n / 4)).toBeLessThan(6 * Math.sqrt((n * 3) / 16));
  });
});

describe("a population", async () => {
  const { loss, judge } = await judging("softplus");
  const logits = new Domain(-10_000, 10_000);
  const labels = new FreeLabels(new Domain(0, 1));
  const population = (seed: number) => new Population([1], loss.subjects, new Random(seed), logits, labels);
  const seedKeys = seeds([1], logits, labels).map(keyOf);

  const learned = async (one: Population, cases: readonly Case[]) => {
    const judged = await judge.judge(cases, loss.subjects);
    one.learn(judged.cases, judged.verdicts);
  };

  test("starts with the most telling places, and has tried all of them in twice as many inputs", () => {
    const one = population(1);
    expect(one.next(32).map(keyOf)).toEqual(seedKeys.slice(0, 32));
    const rest = new Set(one.next(2 * seedKeys.length).map(keyOf));
    for (const key of seedKeys.slice(32)) expect(rest).toContain(key);
  });

  test("gives the same inputs for the same seed, also after learning", async () => {
    const [one, two, other] = [population(3), population(3), population(4)];
    for (let round = 0; round < 3; round++) {
      const [a, b, c] = [one, two, other].map((each) => each.next(500));
      expect(a.map(keyOf)).toEqual(b.map(keyOf));
      expect(a.map(keyOf)).not.toEqual(c.map(keyOf));
      for (const [each, cases] of [
        [one, a],
        [two, b],
        [other, c],
      ] as const)
        await learned(each, cases);
    }
  });

  test("breeds from the inputs at which an operation came nearest to its hazard", async () => {
    const one = population(5);
    one.next(2 * seedKeys.length);
    // Of these it goes farthest out below, and is no place that a fresh input comes near to.
    const extreme = Math.fround(-9_876.543);
    const near = (cases: readonly Case[]) =>
      cases.filter(({ logits: [x] }) => Math.abs(ordinal(x) - ordinal(extreme)) <= 1024).length;
    expect(near(one.next(2000))).toBe(0);
    await learned(one, [numbered(extreme), numbered(0.25)]);
    expect(near(one.next(2000))).toBeGreaterThan(50);
  });
});
