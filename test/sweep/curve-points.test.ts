import { expect, test } from "vitest";
import { ordinal } from "../../src/inputs/float32.js";
import { curvePoints } from "../../src/sweep/curve-points.js";
import { next, previous } from "./direct.js";

const RANGES: [number, number][] = [
  [-120, 120],
  [0, 50],
  [-1e-40, 3.4e38],
  [5, 5.000001],
];

test.each(RANGES)(
  "from %d to %d they are float32 values, ascending, each once, both ends among them",
  (a, b) => {
    const [low, high] = [Math.fround(a), Math.fround(b)];
    const xs = [...curvePoints([low, high], [])];
    expect(xs[0]).toBe(low);
    expect(xs[xs.length - 1]).toBe(high);
    for (let i = 1; i < xs.length; i++) expect(xs[i]).toBeGreaterThan(xs[i - 1]);
    expect(xs.length).toBeLessThan(400);
  },
);

test("nowhere in the range are two of them further apart than a hundredth of it", () => {
  const xs = [...curvePoints([-120, 120], [])];
  for (let i = 1; i < xs.length; i++) expect(xs[i] - xs[i - 1]).toBeLessThanOrEqual(2.41);
});

test("a half of the ordinals of either side has a half of so many points", () => {
  const middle = ordinal(120) / 2;
  const xs = [...curvePoints([-120, 120], [])].map(ordinal);
  expect(xs.filter((n) => 0 < n && n < middle).length).toBeGreaterThan(20);
  expect(xs.filter((n) => -middle < n && n < 0).length).toBeGreaterThan(20);
});

test("ends of regions are among them with the floats on both sides, and 0", () => {
  const end = Math.fround(17.32868);
  const xs = new Set(curvePoints([-120, 120], [end, 0]));
  for (const x of [previous(end), end, next(end), 2 ** -149, 0, -(2 ** -149)]) expect(xs).toContain(x);
});

test("ends beyond the range are left out", () => {
  const xs = [...curvePoints([-1, 1], [Infinity, -Infinity, 2, 1])];
  expect(Math.max(...xs)).toBe(1);
  expect(Math.min(...xs)).toBe(-1);
});
