import type { Tensor1D } from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { probePoint } from "../../src/evaluate/probe.js";
import { LossError } from "../../src/evaluate/probe-call.js";
import { catalogue } from "../../src/losses/catalogue.js";
import { loadLosses } from "../../src/losses/load.js";
import type { LossFunction } from "../../src/losses/loss.js";
import { loadTfjs, loadWasm } from "../../src/targets/tfjs.js";

const tf = await loadTfjs();

beforeAll(async () => {
  await tf.setBackend("cpu");
});

async function implementation(path: string, name?: string): Promise<LossFunction> {
  return (await loadLosses(`fixtures/user-losses/${path}`, name)).implementations[0].f;
}

const bce: LossFunction = (x, z) => tf.losses.sigmoidCrossEntropy(z, x, undefined, 0, tf.Reduction.NONE);
const softmax: LossFunction = (x, z) => tf.neg(tf.sum(tf.mul(z, tf.logSoftmax(x)), -1));

describe("probePoint", () => {
  it.each(
    catalogue.flatMap((loss) =>
      loss.implementations.map((i) => [`${loss.name}#${i.name}`, loss, i] as const),
    ),
  )("finds out what the catalogue says of %s", (_, loss, { f }) => {
    expect(probePoint(f, tf).point).toBe(loss.point);
  });

  it.each([
    ["typescript/cross-entropy.ts", { point: "element", shape: [1, 1], batched: true, resultShape: [1, 1] }],
    ["commonjs/hinge.cjs", { point: "element", shape: [1, 1], batched: true, resultShape: [1, 1] }],
    [
      "reduced/focal-probabilities.ts",
      { point: "element", shape: [1, 1], batched: true, resultShape: [1, 1] },
    ],
    ["reduced/mean-bce.ts", { point: "map", shape: [1, 1], batched: false, resultShape: [] }],
    ["reduced/mean-softmax.ts", { point: "row", shape: [1, 2], batched: false, resultShape: [] }],
    ["heatmap/centernet.ts", { point: "map", shape: [1, 1, 1, 1], batched: true, resultShape: [1] }],
    ["faulty/throws-above-5.ts", { point: "element", shape: [1, 1], batched: true, resultShape: [1, 1] }],
    ["faulty/throws-in-gradient.ts", { point: "element", shape: [1, 1], batched: true, resultShape: [1, 1] }],
  ])("finds out what a point of %s is", async (path, expected) => {
    expect(probePoint(await implementation(path), tf)).toEqual(expected);
  });

  it.each<[string, LossFunction, object]>([
    ["softmax, one loss a row", softmax, { point: "row", shape: [1, 2], batched: true, resultShape: [1] }],
    [
      "log-sum-exp in a mean",
      (x) => tf.mean(tf.logSumExp(x, -1)),
      { point: "row", shape: [1, 2], batched: false },
    ],
    ["a hinge over classes", (x, z) => tf.sum(tf.max(tf.sub(x, z), -1)), { point: "row", shape: [1, 2] }],
    [
      "a sum over independent classes",
      (x, z) => tf.sum(bce(x, z), -1),
      { point: "map", shape: [1, 1], batched: true },
    ],
    [
      "a result of shape [batch, 1]",
      (x, z) => tf.sum(bce(x, z), -1, true),
      { point: "map", resultShape: [1, 1] },
    ],
    [
      "a result of shape [1]",
      (x, z) => tf.reshape(tf.sum(bce(x, z)), [1]),
      { point: "map", resultShape: [1] },
    ],
    [
      "a Dice loss over all there is",
      (x, z) => {
        const p = tf.sigmoid(x);
        return tf.sub(1, tf.div(tf.sum(tf.mul(2, tf.mul(p, z))), tf.add(tf.sum(p), tf.sum(z))));
      },
      { point: "map", shape: [1, 1], batched: false },
    ],
    [
      "vectors only",
      (x, z) => tf.dot(x.as1D(), (z as Tensor1D).as1D()).add(tf.stack(x.unstack()).as1D().sum()),
      { point: "map" },
    ],
    [
      "rank 1 only",
      (x, z) => bce(x.as1D(), z.as1D()).mul(tf.ones([x.rank === 1 ? x.size : 7])),
      { point: "element", shape: [1] },
    ],
    [
      "rank 3 only",
      (x, z) => tf.sum(bce(x, z), x.rank === 3 ? [1, 2] : [5]),
      { point: "map", shape: [1, 1, 1] },
    ],
    [
      "three classes only",
      (x, z) => softmax(tf.reshape(x, [-1, x.rank === 2 ? 3 : 7]), z),
      { point: "row", shape: [1, 3] },
    ],
    [
      "labels that are no distribution",
      (x, z) => {
        if (z.dataSync().some((label) => label !== 0.5)) throw new Error("only 0.5");
        return bce(x, z);
      },
      { point: "element", shape: [1, 1] },
    ],
  ])("knows %s", (_, f, expected) => {
    expect(probePoint(f, tf)).toMatchObject(expected);
  });

  it.each([
    [
      "number",
      "The function returns the number 1.875. A loss returns a float32 tensor: the shape of the logits",
    ],
    ["promise", "The function is async: it returns a promise."],
    [
      "nothing",
      'The function returns undefined. A loss returns a float32 tensor: the shape of the logits, one number for each of the batch, or a scalar. Is there a "return"?',
    ],
    ["array", "The function returns an array of 1."],
    ["text", 'The function returns the string "0.25".'],
    ["shape", "The function returns a tensor of shape [4, 2] for logits of shape [3, 2]. Allowed are [3, 2]"],
    ["int", "The function returns a tensor of dtype int32"],
    ["disposed", "The function returns a tensor that is disposed of already."],
    [
      "throws",
      "The function throws for all inputs that were tried: the weights are not loaded (fixtures/user-losses/faulty/wrong-results.ts:22)",
    ],
    ["rows", "but the logits act on each other, as in a softmax."],
  ])("explains a function that returns the wrong thing: %s", async (name, message) => {
    const f = await implementation("faulty/wrong-results.ts", name);
    expect(() => probePoint(f, tf)).toThrow(LossError);
    expect(() => probePoint(f, tf)).toThrow(message);
  });

  it("explains a function that takes many points, but not one", () => {
    const f: LossFunction = (x, z) => {
      if (x.shape[0] === 1) throw new Error("a batch of one");
      return bce(x, z);
    };
    expect(() => probePoint(f, tf)).toThrow(
      "but not one point alone, of shape [1, 1]: it throws a batch of one",
    );
  });

  it("leaves no tensor and no other backend behind", async () => {
    await loadWasm();
    await tf.setBackend("wasm");
    try {
      const before = tf.memory().numTensors;
      probePoint(bce, tf);
      expect(() => probePoint(() => tf.zeros([7]), tf)).toThrow(LossError);
      expect(tf.getBackend()).toBe("wasm");
      expect(tf.memory().numTensors).toBe(before);
    } finally {
      await tf.setBackend("cpu");
    }
  });
});
