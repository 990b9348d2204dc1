import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import type { Enclosure } from "../../src/arithmetic/enclosure.js";
import { batchInBalls, batchInIntervals, comparable, sumOf } from "../../src/oracle/exact-batch.js";
import { ExactFunction } from "../../src/oracle/exact-function.js";
import { loadPrecisions } from "../../src/oracle/oracle.js";
import { loadTfjs } from "../../src/targets/tfjs.js";

const logits = Float32Array.of(1, 2, -3, 0.5);
const labels = new Float32Array(4);
const of = async (f: (x: tf.Tensor) => tf.Tensor) =>
  new ExactFunction(await loadTfjs(), f, [2, 2], () => undefined);
const squares = (x: tf.Tensor) => tf.sum(tf.square(x), 1);

describe("a batch of two samples", () => {
  const holds = ({ lo, hi }: Enclosure, x: number) => lo <= x && x <= hi && hi - lo <= 1e-12;

  test("has a value for each, and the gradient of their sum", async () => {
    const f = await of(squares);
    const arithmetic = (await loadPrecisions()).at(128);
    for (const batch of [
      batchInBalls(f, logits, labels),
      batchInIntervals(f, arithmetic, logits, labels, "all"),
    ]) {
      // 1 + 4 and 9 + 1/4; the derivative of x² is 2x.
      expect(batch.values.map((value, i) => holds(value, [5, 9.25][i]))).toEqual([true, true]);
      expect(batch.gradient?.map((slope, i) => holds(slope, 2 * logits[i]))).toEqual(Array(4).fill(true));
    }
    expect(batchInIntervals(f, arithmetic, logits, labels, "value").gradient).toBeUndefined();
  });

  test("is held against references with as many values; sums are compared where there are none", async () => {
    const [each, total] = [await of(squares), await of((x) => tf.sum(squares(x)))];
    const thrower = await of(() => {
      throw new Error("no value");
    });
    const all = [total, thrower, each];
    expect(comparable(all, 2, logits, labels)).toEqual({ references: [each], isSummed: false });
    expect(comparable(all, 1, logits, labels)).toEqual({ references: [total], isSummed: false });
    expect(comparable([total, thrower], 2, logits, labels)).toEqual({
      references: [total, thrower],
      isSummed: true,
    });
  });
});

describe("a sum of enclosures", () => {
  test("holds the exact sum, which float64 misses, and is narrow", () => {
    // 2^53 + 1 + 1 is 2^53 when it is added from left to right.
    const { lo, hi, defined } = sumOf([2 ** 53, 1, 1].map((x) => ({ lo: x, hi: x, defined: "yes" })));
    expect(defined).toBe("yes");
    expect(BigInt(lo) <= 2n ** 53n + 2n && 2n ** 53n + 2n <= BigInt(hi)).toBe(true);
    expect(hi - lo).toBeLessThan(64);
  });

  test("of one is that one", () => {
    const one: Enclosure = { lo: 1, hi: 2, defined: "yes" };
    expect(sumOf([one])).toBe(one);
  });

  test("is undefined or unknown where a term is", () => {
    const one: Enclosure = { lo: 1, hi: 1, defined: "yes" };
    expect(sumOf([one, { lo: Number.NaN, hi: Number.NaN, defined: "no" }]).defined).toBe("no");
    expect(sumOf([one, { lo: 0, hi: 1, defined: "unknown" }]).defined).toBe("unknown");
    expect(sumOf([one, { lo: Infinity, hi: Infinity, defined: "yes" }])).toEqual({
      lo: -Infinity,
      hi: Infinity,
      defined: "unknown",
    });
  });
});
