import { beforeAll, describe, expect, it } from "vitest";
import { keyOf } from "../../../src/fuzz/case.js";
import type { TrainingContext } from "../../../src/fuzz/training/context.js";
import { setups } from "../../../src/fuzz/training/setups.js";
import { startsOf } from "../../../src/fuzz/training/starts.js";
import { contextOf, named } from "./trained.js";

let element: TrainingContext;
let row: TrainingContext;
let map: TrainingContext;

beforeAll(async () => {
  element = await contextOf("sigmoid-cross-entropy");
  row = await contextOf("softmax-cross-entropy");
  map = await contextOf("heatmap-focal");
});

describe("startsOf", () => {
  it("gives the same starts for the same seed, and others for another", () => {
    for (const context of [element, row, map]) {
      const keys = (seed: number) => startsOf({ ...context, seed }).map(keyOf);
      expect(keys(1)).toEqual(keys(1));
      expect(keys(1)).not.toEqual(keys(2));
    }
  });

  it("has confident mistakes of 20 and 100 on both sides", () => {
    const has = (x: number, z: number) =>
      startsOf(element).some(({ logits, labels }) => logits[0] === x && labels[0] === z);
    for (const x of [20, 100]) {
      expect(has(x, 0)).toBe(true);
      expect(has(-x, 1)).toBe(true);
    }
    const pixels = startsOf(map).flatMap(({ logits, labels }) =>
      Array.from(logits, (x, i) => [x, labels[i]]),
    );
    expect(pixels).toContainEqual([20, 0]);
    expect(pixels).toContainEqual([-20, 1]);
  });

  it("has maps with objects and without", () => {
    const objects = startsOf(map).map(({ labels }) => labels.filter((z) => z === 1).length);
    expect(Math.min(...objects)).toBe(0);
    expect(Math.max(...objects)).toBeGreaterThan(0);
  });

  it("gives rows whose labels sum to 1", () => {
    for (const { shape, labels } of startsOf(row)) {
      expect(shape).toEqual([1, 2]);
      expect(labels[0] + labels[1]).toBeCloseTo(1, 6);
    }
  });

  it("keeps logits and labels in their ranges, and takes the ends of the labels' range", () => {
    for (const context of [element, map]) {
      const starts = startsOf({ ...context, range: [-5, 5], labelRange: [-1, 0.25] });
      const labels = starts.flatMap((start) => Array.from(start.labels));
      expect(Math.max(...starts.flatMap(({ logits }) => Array.from(logits, Math.abs)))).toBe(5);
      expect(Math.max(...labels)).toBe(0.25);
    }
    const labels = startsOf({ ...element, labelRange: [-1, 1] }).map((start) => start.labels[0]);
    expect(labels).toContain(-1);
  });
});

describe("setups", () => {
  it("are all combinations where many runs go into one call", () => {
    const all = setups(named("naive", element), element);
    expect(all).toHaveLength(startsOf(element).length * 3 * 3);
  });

  it("are a hundred of them where each run is a call of its own, of every optimizer and rate", () => {
    const some = setups({ batched: false }, element);
    expect(some).toHaveLength(100);
    expect(new Set(some.map(({ optimizer, learningRate }) => `${optimizer} ${learningRate}`)).size).toBe(9);
    expect(setups({ batched: false }, element)).toEqual(some);
  });
});
