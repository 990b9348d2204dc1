import fc from "fast-check";
import { expect, test } from "vitest";
import { verdicts } from "../../src/judge/classify.js";
import { type Cluster, Clusters, type Run } from "../../src/judge/clusters.js";
import type { Kind, Severity } from "../../src/judge/finding.js";

const code = (kind: Kind, severity: Severity) =>
  verdicts.findIndex((verdict) => verdict.kind === kind && verdict.severity === severity) + 1;
const NAN = code("nan", "error");
const INACCURATE = code("inaccurate", "warning");

/** Neighbouring failing points of a sweep over the integers, in which point i is the logit i. */
function run(first: number, last: number, of = NAN, badness = 1): Run {
  const ends = { first, last, firstIndex: first, lastIndex: last };
  return { code: of, ...ends, before: first - 1, after: last + 1, worst: first, badness };
}

function collect(runs: Run[]): Cluster[] {
  const clusters = new Clusters();
  for (const each of runs) clusters.add(each);
  return clusters.list();
}

const ends = (clusters: Cluster[]) => clusters.map(({ first, last, failing }) => [first, last, failing]);

test("a sweep without failures has no clusters", () => {
  expect(collect([])).toEqual([]);
});

test("a run is a cluster with its neighbours, and without them at the ends of the sweep", () => {
  expect(collect([{ ...run(0, 9), before: Number.NaN }])).toEqual([
    { ...run(0, 9), before: undefined, failing: 10 },
  ]);
  expect(collect([{ ...run(5, 9), after: Number.NaN }])).toEqual([
    { ...run(5, 9), after: undefined, failing: 5 },
  ]);
});

test("runs with up to 31 good points between them are one cluster, with 32 they are two", () => {
  expect(ends(collect([run(0, 9), run(41, 50)]))).toEqual([[0, 50, 20]]);
  expect(ends(collect([run(0, 9), run(42, 50)]))).toEqual([
    [0, 9, 10],
    [42, 50, 9],
  ]);
});

test("a joined cluster keeps the outer neighbours and the worse of both worst points", () => {
  const [joined] = collect([run(0, 3, NAN, 7), run(10, 12, NAN, 9), run(20, 20, NAN, 8)]);
  expect(joined).toMatchObject({ before: -1, after: 21, worst: 10, badness: 9, failing: 8 });
});

test("of two equally bad points the first is the worst", () => {
  expect(collect([run(0, 3), run(10, 12)])[0]).toMatchObject({ worst: 0 });
});

test("verdicts are kept apart, and listed in the order of their first points", () => {
  const clusters = collect([run(0, 4, INACCURATE), run(5, 9, NAN), run(10, 14, INACCURATE)]);
  expect(clusters.map((cluster) => [cluster.code, cluster.first, cluster.last])).toEqual([
    [INACCURATE, 0, 14],
    [NAN, 5, 9],
  ]);
});

test("more than six clusters of an error, or two of a milder verdict, are joined where they are nearest", () => {
  const at = [0, 100, 300, 600, 1000, 1500, 2100, 2150];
  expect(ends(collect(at.map((x) => run(x, x))))).toEqual([
    [0, 100, 2],
    [300, 300, 1],
    [600, 600, 1],
    [1000, 1000, 1],
    [1500, 1500, 1],
    [2100, 2150, 2],
  ]);
  expect(ends(collect([0, 100, 300].map((x) => run(x, x, INACCURATE))))).toEqual([
    [0, 100, 2],
    [300, 300, 1],
  ]);
});

test("whatever fails, every failing point is in a cluster of its verdict, and the clusters are few", () => {
  const steps = fc.array(
    fc.record({
      gap: fc.integer({ min: 1, max: 100 }),
      length: fc.integer({ min: 1, max: 5 }),
      of: fc.constantFrom(NAN, INACCURATE),
      badness: fc.integer({ min: 0, max: 100 }),
    }),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      let at = 0;
      const runs = all.map(({ gap, length, of, badness }) => {
        const first = at + gap;
        at = first + length - 1;
        return run(first, at, of, badness);
      });
      const clusters = collect(runs);
      for (const of of [NAN, INACCURATE]) {
        const mine = clusters.filter((cluster) => cluster.code === of);
        const theirs = runs.filter((each) => each.code === of);
        const count = (points: { failing: number }[]) =>
          points.reduce((sum, { failing }) => sum + failing, 0);
        expect(mine.length).toBeLessThanOrEqual(of === NAN ? 6 : 2);
        expect(count(mine)).toBe(theirs.reduce((sum, each) => sum + each.last - each.first + 1, 0));
        for (const each of theirs) {
          const home = mine.filter(({ first, last }) => first <= each.first && each.last <= last);
          expect(home).toHaveLength(1);
          expect(home[0].badness).toBeGreaterThanOrEqual(each.badness);
        }
      }
    }),
  );
});
