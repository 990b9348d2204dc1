import { describe, expect, test } from "vitest";
import { type Case, copyOf, keyOf } from "../../src/fuzz/case.js";
import { Domain } from "../../src/fuzz/domain.js";
import { climb, draw } from "../../src/fuzz/draw.js";
import { FreeLabels } from "../../src/fuzz/labels.js";
import { mutate } from "../../src/fuzz/mutate.js";
import { Random } from "../../src/inputs/random.js";
import { combinations, expectInside, type Space } from "./inputs.js";

const ROUNDS = 200;

function drawn(shape: readonly number[], { logits, labels }: Space, seed: number, n = ROUNDS): Case[] {
  const random = new Random(seed);
  return Array.from({ length: n }, () => draw(random, shape, logits, labels));
}

/** Each bred from two of those before. */
function bred(shape: readonly number[], space: Space, seed: number): Case[] {
  const random = new Random(seed);
  const cases = drawn(shape, space, seed, 2);
  for (let i = 0; i < ROUNDS; i++) {
    const [parent, other] = [0, 0].map(() => cases[random.integer(0, cases.length - 1)]);
    cases.push(mutate(random, parent, other, space.logits, space.labels));
  }
  return cases;
}

describe.each(combinations)("$name, shape $shape", (space) => {
  const { shape } = space;

  test("drawn inputs have the shape, and all numbers lie in their domains", () => {
    for (const one of drawn(shape, space, 1)) {
      expect(one.shape).toEqual(shape);
      expectInside(one, space);
    }
  });

  test("so do changed inputs, over many generations", () => {
    for (const one of bred(shape, space, 2)) expectInside(one, space);
  });

  test("the seed alone decides what comes", () => {
    for (const make of [drawn, bred]) {
      const keys = (seed: number) => make(shape, space, seed).map(keyOf);
      expect(keys(3)).toEqual(keys(3));
      expect(keys(4)).not.toEqual(keys(3));
    }
  });
});

test("changing an input leaves its parents as they are", () => {
  for (const space of combinations) {
    const parents = drawn(space.shape, space, 5, 2);
    const copies = parents.map(copyOf);
    const random = new Random(6);
    for (let i = 0; i < 100; i++) mutate(random, parents[0], parents[1], space.logits, space.labels);
    expect(parents).toEqual(copies);
  }
});

const single = { name: "", logits: new Domain(-10_000, 10_000), labels: new FreeLabels(new Domain(0, 1)) };

test("single logits are of all sizes: tiny, ordinary, beyond what exp can take, the ends", () => {
  const xs = drawn([1], single, 7, 5000).map(({ logits }) => Math.abs(logits[0]));
  const share = (isIn: (x: number) => boolean) => xs.filter(isIn).length / xs.length;
  expect(share((x) => x < 2 ** -126)).toBeGreaterThan(0.005);
  expect(share((x) => x < 1e-3)).toBeGreaterThan(0.2);
  expect(share((x) => x > 0.1 && x < 17)).toBeGreaterThan(0.1);
  expect(share((x) => x > 88.7)).toBeGreaterThan(0.1);
  expect(share((x) => x === 10_000)).toBeGreaterThan(0.01);
  expect(share((x) => x === 1)).toBeGreaterThan(0.001);
});

test("some maps have a pixel that is an object's centre in one sample, and no object in another", () => {
  const maps = drawn([3, 4, 4, 2], single, 8);
  const centres = maps.map(({ labels }) =>
    [0, 1, 2].map((sample) => labels.subarray(sample * 32, sample * 32 + 32).includes(1)),
  );
  const mixed = centres.filter((samples) => samples.includes(true) && samples.includes(false));
  expect(mixed.length).toBeGreaterThan(ROUNDS / 10);
});

test("objects fall off around their centres as gaussians do", () => {
  const values = new Set(drawn([1, 8, 8, 1], single, 9).flatMap(({ labels }) => [...labels]));
  // Radius 1: sigma = 1/2, so that the pixel beside the centre has exp(-1/(2/4)) = exp(-2).
  expect(values).toContain(Math.fround(Math.exp(-2)));
});

test("steps are of one float to 2^26 of them, of either sign, each power of 2 as likely", () => {
  const random = new Random(10);
  const n = 27_000;
  const steps = Array.from({ length: n }, () => climb(random));
  expect(Math.max(...steps.map(Math.abs))).toBeLessThanOrEqual(2 ** 26);
  expect(steps.every((step) => Number.isInteger(step) && step !== 0)).toBe(true);
  const up = steps.filter((step) => step > 0).length;
  expect(Math.abs(up - n / 2)).toBeLessThan(6 * Math.sqrt(n / 4));
  const large = steps.filter((step) => Math.abs(step) > 2 ** 13).length;
  // Of the 27 powers those from 2^14 on give more than 2^13, but for the lowest number of the first.
  expect(Math.abs(large - (13 * n) / 27)).toBeLessThan(6 * Math.sqrt(n / 4));
});
