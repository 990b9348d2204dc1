import { describe, expect, test } from "vitest";
import { type Case, copyOf, keyOf } from "../../src/fuzz/case.js";
import { Domain } from "../../src/fuzz/domain.js";
import { draw } from "../../src/fuzz/draw.js";
import { DistributedLabels, FreeLabels, type Labels } from "../../src/fuzz/labels.js";
import { shrink } from "../../src/fuzz/shrink.js";
import { Random } from "../../src/inputs/random.js";
import { roundings } from "../../src/inputs/roundings.js";
import { expectDistribution } from "./inputs.js";

interface Problem {
  shape: readonly number[];
  fails: (one: Case) => boolean;
  logits?: Domain;
  labels?: Labels;
  axes?: readonly number[];
  fewest?: number;
}

const wide = new Domain(-10_000, 10_000);
const unit = new FreeLabels(new Domain(0, 1));

/** A failing input, drawn at random. */
function failing({ shape, fails, logits = wide, labels = unit }: Problem, seed: number): Case {
  const random = new Random(seed);
  for (let i = 0; i < 1e5; i++) {
    const one = draw(random, shape, logits, labels);
    if (fails(one)) return one;
  }
  throw new Error(`None of 100,000 inputs fails for the seed ${seed}.`);
}

async function shrunk(problem: Problem, start: Case): Promise<{ small: Case; calls: number; asked: number }> {
  const { shape, fails, logits = wide, labels = unit, axes = [...shape.keys()], fewest = 1 } = problem;
  let calls = 0;
  let asked = 0;
  const firstFailing = async (cases: readonly Case[]) => {
    calls++;
    asked += cases.length;
    expect(new Set(cases.map((one) => one.shape.join())).size).toBe(1);
    return cases.find(fails);
  };
  return { small: await shrink(start, { firstFailing, axes, fewest, logits, labels }), calls, asked };
}

/** What it comes to from each of some starts. */
async function all(problem: Problem, seeds = 8): Promise<Case[]> {
  const smalls: Case[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const start = failing(problem, seed);
    const copy = copyOf(start);
    const { small } = await shrunk(problem, start);
    expect(start).toEqual(copy);
    expect(problem.fails(small)).toBe(true);
    smalls.push(small);
  }
  return smalls;
}

const max = (xs: Float32Array) => xs.reduce((a, b) => Math.max(a, b));
const sum = (xs: Float32Array) => xs.reduce((a, b) => a + b);
/** Of one significant digit, or an integer of two. */
const isRound = (x: number) => /^(\d0*|0\.0*\d|\d\d)$/.test(String(Number(x.toPrecision(7))));
const distinct = (cases: readonly Case[]) => new Set(cases.map(keyOf)).size;

test("one logit beyond a threshold comes to a round number, with the label 0", async () => {
  for (const { logits, labels } of await all({ shape: [1], fails: ({ logits: [x] }) => x > 88.72284 })) {
    expect(logits[0]).toSatisfy(isRound);
    expect(labels[0]).toBe(0);
  }
});

test("any logit above 17 in a map of 3x4x4x2 comes to one pixel", async () => {
  const smalls = await all({ shape: [3, 4, 4, 2], fails: ({ logits }) => max(logits) > 17 });
  for (const { shape, logits, labels } of smalls) {
    expect(shape).toEqual([1, 1, 1, 1]);
    expect([...labels]).toEqual([0]);
    expect(logits[0]).toSatisfy(isRound);
  }
});

test("two that must be equal and above 3 stay equal, and come to two of one digit", async () => {
  const isPair = ({ logits }: Case) => {
    const large = [...logits].filter((x) => x > 3);
    return new Set(large).size < large.length;
  };
  for (const { shape, logits } of await all({ shape: [1, 6], fails: isPair, fewest: 2 })) {
    expect(shape).toEqual([1, 2]);
    expect(logits[0]).toBe(logits[1]);
    expect(logits[0]).toSatisfy(isRound);
  }
});

test("two logits that are large together come to two, each as small as the other lets it", async () => {
  const overflows = ({ logits }: Case) => logits.length > 1 && Math.exp(logits[0] * logits[1]) > 2 ** 128;
  for (const { logits } of await all({ shape: [4], fails: overflows })) {
    expect(logits.length).toBe(2);
    for (const at of [0, 1]) {
      for (const rounder of roundings(logits[at])) {
        const other = logits.slice();
        other[at] = rounder;
        expect(overflows({ shape: [2], logits: other, labels: logits })).toBe(false);
      }
    }
  }
});

test("labels that add up to 0 come to one logit of 0 with the label 0", async () => {
  const smalls = await all({ shape: [2, 2, 2], fails: ({ labels }) => sum(labels) === 0 });
  expect(distinct(smalls)).toBe(1);
  expect(smalls[0]).toEqual({ shape: [1, 1, 1], logits: Float32Array.of(0), labels: Float32Array.of(0) });
});

test("labels that add up to more than 1 come to two of 1", async () => {
  const fails = ({ labels }: Case) => sum(labels) > 1;
  const [first, ...others] = await all({ shape: [1, 4, 4, 1], fails });
  expect([...first.labels]).toEqual([1, 1]);
  for (const { labels } of others) expect([...labels]).toEqual([1, 1]);
});

test("where only one sample of a batch fails it alone is left", async () => {
  const hasNone = ({ shape, labels }: Case) => {
    const size = labels.length / shape[0];
    return Array.from({ length: shape[0] }, (_, i) => labels.subarray(i * size, (i + 1) * size)).some(
      (sample) => !sample.includes(1) && sample.some((z) => z > 0),
    );
  };
  for (const { shape, labels } of await all({ shape: [3, 2, 2, 1], fails: hasNone })) {
    expect(shape).toEqual([1, 1, 1, 1]);
    expect(labels[0]).toBeGreaterThan(0);
    expect(labels[0]).toBeLessThan(1);
  }
});

test("a failure that needs its whole shape keeps it", async () => {
  const fails = ({ shape, logits }: Case) => shape.join() === "2,3,4" && logits[23] > 1;
  for (const { shape, logits } of await all({ shape: [2, 3, 4], fails })) {
    expect(shape).toEqual([2, 3, 4]);
    expect([...logits.subarray(0, 23)].every((x) => x === 0)).toBe(true);
    expect(logits[23]).toSatisfy(isRound);
  }
});

test("slices of any axis are taken as they lie in memory", async () => {
  // The one pixel that fails is known by its logit.
  const shape = [2, 3, 4, 5];
  const logits = Float32Array.from({ length: 120 }, (_, i) => i + 1000.5);
  const start = { shape, logits, labels: logits.map((x) => (x % 7) / 7) };
  for (const at of [0, 17, 59, 60, 119]) {
    const pair = (one: Case, i: number) => `${one.logits[i]} ${one.labels[i]}`;
    const fails = (one: Case) => Array.from(one.logits.keys()).some((i) => pair(one, i) === pair(start, at));
    const { small } = await shrunk({ shape, fails }, start);
    expect(small).toEqual({
      shape: [1, 1, 1, 1],
      logits: logits.slice(at, at + 1),
      labels: start.labels.slice(at, at + 1),
    });
  }
});

describe("rows of classes", () => {
  const rows: Problem = {
    shape: [1, 10],
    labels: new DistributedLabels(),
    axes: [1],
    fewest: 2,
    fails: ({ logits }) => max(logits) - Math.min(...logits) > 50,
  };

  test("keep two classes, whose labels add up to 1", async () => {
    for (const { shape, logits, labels } of await all(rows)) {
      expect(shape).toEqual([1, 2]);
      expectDistribution(labels);
      expect(logits).toContain(0);
      expect(labels).toContain(1);
    }
  });

  test("of labels that are not one class come to the roundest shares", async () => {
    const fails = ({ labels }: Case) => max(labels) < 0.75;
    for (const { labels } of await all({ ...rows, fails })) expect([...labels]).toEqual([0.5, 0.5]);
  });

  test("are distributions at every step", async () => {
    const fails = ({ labels, logits }: Case) => {
      expectDistribution(labels);
      return max(logits) > 3 && max(labels) < 0.9;
    };
    expect((await all({ ...rows, fails })).length).toBe(8);
  });
});

test("what is not finite comes to the roundest that fails as well, or stays", async () => {
  const { NaN: NAN, POSITIVE_INFINITY } = Number;
  const logits = new Domain(-10, 10, [NAN, POSITIVE_INFINITY]);
  const start = (x: number) => ({
    shape: [2],
    logits: Float32Array.of(0.3, x),
    labels: Float32Array.of(0.1, 1),
  });
  const from = async (x: number, fails: (one: Case) => boolean) => [
    ...(await shrunk({ shape: [2], logits, fails }, start(x))).small.logits,
  ];
  expect(await from(NAN, (one) => one.logits.some(Number.isNaN))).toEqual([NAN]);
  expect(await from(NAN, (one) => !one.logits.every(Number.isFinite))).toEqual([POSITIVE_INFINITY]);
  expect(await from(POSITIVE_INFINITY, (one) => max(one.logits) > 0)).toEqual([1]);
});

test("numbers stay inside of their domains", async () => {
  const logits = new Domain(2.5, 1000);
  const labels = new FreeLabels(new Domain(0.25, 0.75));
  const fails = (one: Case) => {
    expect(one.logits.every((x) => logits.has(x))).toBe(true);
    expect(one.labels.every((z) => z >= 0.25 && z <= 0.75)).toBe(true);
    return max(one.logits) > 20;
  };
  for (const { logits: x, labels: z } of await all({ shape: [3], logits, labels, fails })) {
    expect(x.length).toBe(1);
    expect([x[0], z[0]].every(isRound)).toBe(true);
  }
});

const problems: Record<string, Problem> = {
  "a threshold": { shape: [3, 4, 4, 2], fails: ({ logits }) => max(logits) > 88.72284 },
  "a sum": { shape: [6], fails: ({ logits }) => Math.abs(sum(logits)) > 123.456 },
  "a product": { shape: [2, 3], fails: ({ logits: x }) => x.length > 1 && x[0] * x[1] > 1e-3 },
  "a label between and its logit": {
    shape: [2, 2, 2],
    fails: ({ logits, labels }) => logits.some((x, i) => x > 3.7182817 && labels[i] > 0.123),
  },
  "a cancellation": {
    shape: [4],
    fails: ({ logits: x }) => x.length > 1 && x[0] !== x[1] && Math.abs(x[0] - x[1]) < 1e-3 * Math.abs(x[0]),
  },
};

describe.each(Object.entries(problems))("of %s", (_, problem) => {
  test("the result can be shrunk no more: each of its own moves gives an input that does not fail", async () => {
    for (const small of await all(problem, 4)) {
      const again = await shrunk(problem, small);
      expect(again.small).toEqual(small);
    }
  });

  test("the same start gives the same result, and the work is bounded", async () => {
    for (let seed = 1; seed <= 4; seed++) {
      const start = failing(problem, seed);
      const [first, second] = [await shrunk(problem, start), await shrunk(problem, start)];
      expect(keyOf(first.small)).toBe(keyOf(second.small));
      // Each call is a call of the target: some for each axis, and four for each number of what is left.
      const size = first.small.logits.length;
      expect(first.calls).toBeLessThanOrEqual(60 + 6 * 4 * size);
      expect(first.asked).toBeLessThan(3000);
    }
  });
});

test("a start that is as simple as it gets is given back", async () => {
  const start = { shape: [1], logits: Float32Array.of(0), labels: Float32Array.of(0) };
  expect(await shrunk({ shape: [1], fails: () => true }, start)).toEqual({
    small: start,
    calls: 0,
    asked: 0,
  });
});
