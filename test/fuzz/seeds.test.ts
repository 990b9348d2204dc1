import { describe, expect, test } from "vitest";
import { keyOf } from "../../src/fuzz/case.js";
import { Domain } from "../../src/fuzz/domain.js";
import { DistributedLabels, FreeLabels } from "../../src/fuzz/labels.js";
import { LABELS, PLACES } from "../../src/fuzz/places.js";
import { seeds } from "../../src/fuzz/seeds.js";
import { combinations, expectInside } from "./inputs.js";

const logits = new Domain(-10_000, 10_000);
const free = new FreeLabels(new Domain(0, 1));
const { POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number;

describe("places", () => {
  test("are float32 numbers, each once", () => {
    for (const places of [PLACES, LABELS]) {
      expect(places.map(Math.fround)).toEqual(places);
      expect(new Set(places.map((x) => (Object.is(x, -0) ? "-0" : String(x)))).size).toBe(places.length);
    }
  });

  test("are the first floats at which functions leave float32 or are saturated", () => {
    // ln(2^128) is 88.7228; ln(2^-126) is -87.3365; ln(2^-150) is -103.972, half of the smallest float;
    // 1 - 2^-25 rounds to 1: 25 ln 2 for a sigmoid, where 1 - σ is exp(-x), and 13 ln 2 for tanh, where it is 2 exp(-2x).
    const firsts = [
      Math.log(2 ** 128 * (1 - 2 ** -25)),
      -126 * Math.LN2,
      -150 * Math.LN2,
      25 * Math.LN2,
      13 * Math.LN2,
    ];
    for (const x of firsts) {
      const beyond = PLACES.filter(
        (place) => Math.abs(place) >= Math.abs(x) && Math.abs(place - x) <= 1e-6 * Math.abs(x),
      );
      expect(beyond, String(x)).toHaveLength(1);
    }
  });
});

test.each(combinations)(
  "$name, shape $shape: all seeds lie in their domains, and none comes twice",
  (space) => {
    const cases = seeds(space.shape, space.logits, space.labels);
    for (const one of cases) {
      expect(one.shape).toEqual(space.shape);
      expectInside(one, space);
    }
    expect(new Set(cases.map(keyOf)).size).toBe(cases.length);
  },
);

describe("the seeds of one logit", () => {
  const pairs = seeds([1], logits, free).map(({ logits: [x], labels: [z] }) => [x, z]);

  test("are all places inside of the range and its ends, with the labels 0, 1, between and smoothed", () => {
    for (const x of [...PLACES.filter((place) => Math.abs(place) <= 10_000), 10_000, -10_000]) {
      for (const z of LABELS) expect(pairs).toContainEqual([x, z]);
    }
    expect(pairs.every(([x]) => Math.abs(x) <= 10_000)).toBe(true);
  });

  test("start with 0 and both ends, and with what overflows or saturates early on, with the labels 0 and 1", () => {
    const early = pairs.slice(0, 32);
    for (const x of [0, 10_000, -10_000, 100, -100]) {
      for (const z of [0, 1]) expect(early).toContainEqual([x, z]);
    }
    const soon = pairs.slice(0, 64);
    for (const x of [1, -1, 20, -20]) for (const z of [0, 1]) expect(soon).toContainEqual([x, z]);
  });

  test("have labels that are the logits themselves", () => {
    for (const x of PLACES.filter((place) => place >= 0 && place <= 1)) expect(pairs).toContainEqual([x, x]);
  });
});

test("special numbers come with every kind of label when they are asked for", () => {
  const special = new Domain(-1, 1, [Number.NaN, POSITIVE_INFINITY, NEGATIVE_INFINITY]);
  const pairs = seeds([1], special, free).map(({ logits: [x], labels: [z] }) => [x, z]);
  for (const x of special.extra) for (const z of LABELS) expect(pairs).toContainEqual([x, z]);
});

test("in many logits a place is in the first alone, in all, in all but the first, and beside near ones", () => {
  const rows = seeds([2, 2], logits, free).map(({ logits: x }) => [...x]);
  for (const place of PLACES.filter((x) => Math.abs(x) <= 10_000 && x !== 0)) {
    expect(rows).toContainEqual([place, 0, 0, 0]);
    expect(rows).toContainEqual([place, place, place, place]);
    expect(rows).toContainEqual([0, place, place, place]);
    // And beside numbers that it nearly cancels; beyond the upper end there are none.
    if (place === 10_000) continue;
    const near = rows.filter(([x, ...others]) => x === place && others.every((y) => y !== x && y !== 0));
    expect(near.length).toBeGreaterThan(0);
  }
});

test("the labels of a row are distributions, also where they are its logits", () => {
  const cases = seeds([1, 2], logits, new DistributedLabels());
  const same = cases.filter(({ logits: x, labels: z }) => x.every((one, i) => one === z[i]));
  expect(same.map(({ logits: x }) => [...x])).toEqual(
    expect.arrayContaining([
      [1, 0],
      [0, 1],
      [0.5, 0.5],
    ]),
  );
  for (const { labels: z } of cases) expect(z[0] + z[1]).toBe(1);
});
