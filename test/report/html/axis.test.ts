import fc from "fast-check";
import { expect, test } from "vitest";
import { fromOrdinal, ordinal } from "../../../src/inputs/float32.js";
import { linearAxis, ordinalAxis } from "../../../src/report/html/axis.js";

const WIDTH = 270;
const texts = (axis: { ticks: { text: string }[] }) => axis.ticks.map(({ text }) => text);

test("on a linear axis a logit stands by its value", () => {
  const axis = linearAxis([-120, 120], WIDTH);
  expect([-120, 0, 60, 120].map(axis.place)).toEqual([0, 135, 202.5, 270]);
  expect(texts(axis)).toEqual(["−120", "−50", "0", "50", "120"]);
});

test("on an ordinal axis every float beyond `near` has the same room, on both sides of 0", () => {
  const axis = ordinalAxis([-120, 120], 0.1, WIDTH);
  const binade = axis.place(16) - axis.place(8);
  for (const x of [0.125, 0.25, 1, 2, 32]) {
    expect(axis.place(2 * x) - axis.place(x), String(x)).toBeCloseTo(binade, 9);
    expect(axis.place(-x) - axis.place(-2 * x), String(-x)).toBeCloseTo(binade, 9);
  }
  expect(axis.place(0)).toBeCloseTo(WIDTH / 2, 9);
});

test("the floats nearer to 0 share a tenth of it", () => {
  const axis = ordinalAxis([-120, 120], 0.1, WIDTH);
  expect(axis.place(0.1) - axis.place(-0.1)).toBeCloseTo(WIDTH / 10, 4);
});

test("where there are few of them nothing is squeezed", () => {
  const axis = ordinalAxis([-1e30, 1e30], 1e-45, WIDTH);
  const share = (ordinal(1) + ordinal(1e30)) / (2 * ordinal(1e30));
  expect(axis.place(1)).toBeCloseTo(share * WIDTH, 9);
});

test.each<[[number, number], string[]]>([
  [
    [-120, 120],
    ["−120", "−10", "−1", "0", "1", "10", "120"],
  ],
  [
    [0, 50],
    ["0", "0.1", "1", "10", "50"],
  ],
  [
    [5, 5.000001],
    ["5", "5.000001"],
  ],
])("the ticks of %j are its ends, 0 and powers of ten", (range, expected) => {
  expect(texts(ordinalAxis(range, 0.1, WIDTH))).toEqual(expected);
});

const float = fc.integer({ min: -0x7f7fffff, max: 0x7f7fffff }).map(fromOrdinal);

test("whatever the range, both axes go from end to end, ascending, and no two ticks meet", () => {
  fc.assert(
    fc.property(float, float, fc.array(float), fc.constantFrom(0.1, 1e-3, 1e-45), (a, b, xs, near) => {
      fc.pre(a !== b);
      const [low, high] = a < b ? [a, b] : [b, a];
      const inside = [low, ...xs.filter((x) => low <= x && x <= high).sort((x, y) => x - y), high];
      for (const axis of [linearAxis([low, high], WIDTH), ordinalAxis([low, high], near, WIDTH)]) {
        const places = inside.map(axis.place);
        expect(places[0]).toBeCloseTo(0, 6);
        expect(places[places.length - 1]).toBeCloseTo(WIDTH, 6);
        for (let i = 1; i < places.length; i++) {
          expect(places[i]).toBeGreaterThanOrEqual(places[i - 1] - 1e-9);
        }
        for (let i = 1; i < axis.ticks.length; i++) {
          expect(axis.ticks[i].at - axis.ticks[i - 1].at).toBeGreaterThan(6);
        }
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});
