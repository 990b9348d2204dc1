import type { Tensor } from "@tensorflow/tfjs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kernels } from "../../src/kernels/index.js";
import { catalogue, findLoss } from "../../src/losses/catalogue.js";
import type { LossFunction } from "../../src/losses/loss.js";
import { treatsPointsApart } from "../../src/program/lanes.js";
import { recorded, sizeOf, tf } from "./recording.js";

/** Other than the numbers of classes, heights and widths below: a batch of 3 points of 3 classes may be taken for its transpose. */
const N = 5;
const apart = (f: LossFunction, shape: number[]) => treatsPointsApart(recorded(f, shape), kernels);

test.each<[string, number[], LossFunction]>([
  ["elementwise", [N], (x, z) => tf.mul(z, tf.exp(x))],
  ["a constant of the shape of the batch", [N], (x) => tf.sub(tf.ones(x.shape), x)],
  ["ones like the batch", [N], (x) => tf.mul(x, tf.onesLike(x))],
  ["a condition", [N], (x, z) => tf.where(tf.equal(z, 1), x, tf.neg(x))],
  ["one weight for all", [N, 2], (x) => tf.sum(tf.mul(x, 0.5), -1)],
  ["a weight for each class", [N, 2], (x) => tf.sum(tf.mul(x, tf.tensor1d([0.3, 0.7])), -1)],
  ["a sum over the classes", [N, 2], (x) => tf.sum(tf.exp(x), -1)],
  ["a sum over each map", [N, 2, 2, 2], (x, z) => tf.sum(tf.mul(x, z), [1, 2, 3])],
  ["a softmax of each row", [N, 2], (x, z) => tf.neg(tf.sum(tf.mul(z, tf.logSoftmax(x)), -1))],
  ["a largest logit of each row", [N, 3], (x) => tf.sub(tf.max(x, -1), tf.mean(x, -1))],
  [
    "classes cut off and put together again",
    [N, 3],
    (x) => tf.sum(tf.concat([tf.slice(x, [0, 1], [-1, 2]), x], 1), 1),
  ],
  ["a reshape within each point", [N, 4], (x) => tf.max(tf.reshape(x, [N, 2, 2]), [1, 2])],
  ["axes of each map exchanged", [N, 2, 3], (x) => tf.sum(tf.square(tf.transpose(x, [0, 2, 1])), [1, 2])],
])("%s: each point for itself", (_, shape, f) => {
  expect(apart(f, shape)).toBe(true);
});

test.each<[string, number[], LossFunction]>([
  ["a mean over the batch", [N], (x, z) => tf.mean(tf.mul(x, z))],
  ["a sum over the batch", [N], (x) => tf.sum(x)],
  ["a sum over axis 0", [N, N], (x) => tf.sum(x, 0)],
  ["division by the mean of the batch", [N], (x) => tf.div(x, tf.mean(x))],
  ["a softmax of the batch", [N], (x) => tf.softmax(x)],
  [
    "batch normalisation",
    [N, 2],
    (x) =>
      tf.sum(
        tf.batchNorm(tf.reshape(x, [N, 1, 1, 2]), tf.mean(x, 0), tf.ones([2]), undefined, tf.ones([2])),
        [1, 2, 3],
      ),
  ],
  ["the largest logit of the batch", [N], (x) => tf.sub(x, tf.max(x))],
  ["number of positives in the batch", [N], (x, z) => tf.div(x, tf.maximum(tf.sum(z), 1))],
  ["other weights for each point", [N], (x) => tf.mul(x, tf.range(0, N))],
  [
    "other weights for each point, reshaped",
    [N, 2],
    (x) => tf.mul(x, tf.reshape(tf.range(0, 2 * N), [N, 2])),
  ],
  ["a sum of ones, the size of the batch", [N], (x) => tf.div(x, tf.sum(tf.onesLike(x)))],
  ["a softmax of ones over the batch", [N], (x) => tf.mul(x, tf.softmax(tf.onesLike(x)))],
  [
    "ones and zeros put together",
    [N],
    (x) => tf.mul(x, tf.concat([tf.onesLike(tf.slice(x, 0, 1)), tf.zerosLike(tf.slice(x, 1, N - 1))])),
  ],
  ["ones padded with zeros", [N], (x) => tf.mul(x, tf.pad(tf.onesLike(tf.slice(x, 0, N - 1)), [[0, 1]]))],
  [
    "ones along another axis, and summed",
    [N],
    (x) => tf.mul(x, tf.sum(tf.add(tf.zeros([1, 1]), tf.onesLike(x)), 1)),
  ],
  [
    "rows of ones and zeros, transposed",
    [2, 2],
    (x) =>
      tf.mul(
        x,
        tf.transpose(
          tf.concat([tf.onesLike(tf.slice(x, [0, 0], [2, 1])), tf.zerosLike(tf.slice(x, [0, 0], [2, 1]))], 1),
        ),
      ),
  ],
  ["a transpose", [N, N], (x) => tf.sum(tf.mul(x, tf.transpose(x)), -1)],
  [
    "each point beside all others",
    [N],
    (x) => tf.sum(tf.sub(tf.reshape(x, [N, 1]), tf.reshape(x, [1, N])), 1),
  ],
  ["points in another order", [N], (x) => tf.gather(x, tf.tensor1d([2, 1, 0, 4, 3], "int32"))],
  ["points reversed", [N], (x) => tf.reverse(x, 0)],
  ["points added up", [N], (x) => tf.cumsum(x)],
  ["other points than the first left out", [N], (x) => tf.mul(x, tf.slice(x, 0, 1))],
  ["a reshape across the points", [2, 3], (x) => tf.sum(tf.reshape(x, [3, 2]), -1)],
  ["a branch on the logits", [N], (x) => (x.dataSync()[0] > 0 ? x.neg() : x.square())],
  ["indices from the labels", [N], (x, z) => tf.mul(x, z.dataSync()[0])],
])("%s: not each point for itself", (_, shape, f) => {
  expect(apart(f, shape)).toBe(false);
});

test("a gradient in which points meet is seen where the value has none", () => {
  const f = tf.customGrad((x) => ({
    value: tf.square(x as Tensor),
    gradFunc: (dy) => tf.mul(dy as Tensor, tf.sum(dy as Tensor)),
  }));
  expect(apart((x) => f(x), [N])).toBe(false);
});

test("of the catalogue all but the losses over maps are evaluated many points at once", () => {
  for (const { name, point, implementations } of catalogue) {
    for (const { name: implementation, f } of implementations) {
      const shape = point === "element" ? [N] : point === "row" ? [N, 2] : [N, 1, 1, 1];
      const expected = point !== "map" || implementation.startsWith("logits");
      expect(apart(f, shape), `${name}#${implementation}`).toBe(expected);
    }
  }
  expect(findLoss("heatmap-focal")?.point).toBe("map");
});

describe("whatever is composed", () => {
  type Step = (x: Tensor, z: Tensor, state: Tensor) => Tensor;
  const axis = (t: Tensor, k: number) => (t.rank === 0 ? 0 : k % t.rank);
  const pool: Record<string, (k: number) => Step> = {
    exp: () => (_x, _z, t) => tf.exp(tf.minimum(t, 3)),
    sigmoid: () => (_x, _z, t) => tf.sigmoid(t),
    timesLabels: () => (_x, z, t) => (t.rank === z.rank ? tf.mul(t, z) : t),
    plusLogits: () => (x, _z, t) =>
      t.shape.join() === x.shape.join() ? tf.add(t, x) : tf.add(t, tf.mean(t)),
    timesConstant: (k) => (_x, _z, t) => tf.mul(t, k),
    timesOnes: () => (_x, _z, t) => tf.mul(t, tf.onesLike(t)),
    overSize: () => (_x, _z, t) => tf.div(t, tf.sum(tf.onesLike(t))),
    softmaxOfOnes: (k) => (_x, _z, t) => tf.mul(t, tf.exp(tf.neg(tf.sum(tf.onesLike(t), axis(t, k), true)))),
    softmax: () => (_x, _z, t) => (t.rank > 0 ? tf.softmax(t) : t),
    sumAxis: (k) => (_x, _z, t) => tf.add(t, t.rank > 0 ? tf.sum(t, axis(t, k), true) : t),
    maxAxis: (k) => (_x, _z, t) => tf.sub(t, t.rank > 0 ? tf.max(t, axis(t, k), true) : t),
    dropAxis: (k) => (_x, _z, t) => (t.rank > 1 ? tf.sum(t, axis(t, k)) : t),
    transpose: () => (_x, _z, t) =>
      t.rank === 2 && t.shape[0] === t.shape[1] ? tf.add(t, tf.transpose(t)) : t,
    reverse: (k) => (_x, _z, t) => (t.rank > 0 ? tf.reverse(t, axis(t, k)) : t),
    concat: (k) => (_x, _z, t) => {
      if (t.rank === 0) return t;
      const both = tf.concat([tf.square(t), t], axis(t, k));
      return tf.slice(
        both,
        t.shape.map(() => 0),
        t.shape,
      );
    },
    pad: (k) => (_x, _z, t) => {
      if (t.rank === 0) return t;
      const padded = tf.pad(
        t,
        t.shape.map((_, i) => (i === axis(t, k) ? [1, 0] : [0, 0])) as [number, number][],
      );
      return tf.slice(
        padded,
        t.shape.map(() => 0),
        t.shape,
      );
    },
    reshape: () => (_x, _z, t) => (t.rank === 2 ? tf.sum(tf.reshape(t, [...t.shape].reverse()), -1) : t),
    crossed: () => (_x, _z, t) =>
      t.rank === 1 ? tf.mean(tf.sub(tf.expandDims(t, 1), tf.expandDims(t, 0)), 1) : t,
    condition: () => (_x, z, t) => (t.rank === z.rank ? tf.where(tf.greater(z, 0.5), t, tf.neg(t)) : t),
    cumsum: (k) => (_x, _z, t) => (t.rank > 0 ? tf.cumsum(t, axis(t, k)) : t),
    gather: () => (_x, _z, t) => (t.rank > 0 ? tf.gather(t, tf.range(0, t.shape[0], 1, "int32")) : t),
  };
  const names = Object.keys(pool);
  const steps = fc.array(fc.tuple(fc.constantFrom(...names), fc.integer({ min: 0, max: 3 })), {
    minLength: 1,
    maxLength: 5,
  });

  const run = (f: LossFunction, shape: number[], x: Float32Array, z: Float32Array) =>
    tf.tidy(() => {
      const labels = tf.tensor(z, shape);
      const { value, grad } = tf.valueAndGrad((t: Tensor) => f(t, labels))(tf.tensor(x, shape));
      return { value: value.dataSync().slice(), gradient: grad.dataSync().slice() };
    });

  test("when points are said to be apart, many together give what each gives alone", () => {
    let said = 0;
    fc.assert(
      fc.property(steps, fc.constantFrom([], [2], [3], [2, 2]), (composition, inner) => {
        const f: LossFunction = (x, z) =>
          composition.reduce((t, [name, k]) => pool[name](k)(x, z, t), tf.mul(x, 1) as Tensor);
        if (!apart(f, [N, ...inner])) return;
        said++;
        const size = sizeOf(inner);
        const x = Float32Array.from({ length: N * size }, (_, i) => Math.sin(3 * i + 1) * 2);
        const z = Float32Array.from({ length: N * size }, (_, i) => (i % 3) / 2);
        const together = run(f, [N, ...inner], x, z);
        const one = together.value.length / N;
        for (let i = 0; i < N; i++) {
          const alone = run(
            f,
            [1, ...inner],
            x.slice(i * size, (i + 1) * size),
            z.slice(i * size, (i + 1) * size),
          );
          expect(alone.value).toEqual(together.value.slice(i * one, (i + 1) * one));
          expect(alone.gradient).toEqual(together.gradient.slice(i * size, (i + 1) * size));
        }
      }),
      { numRuns: 600, seed: 11 },
    );
    expect(said).toBeGreaterThan(100);
  });
});
