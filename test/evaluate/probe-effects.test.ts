import type { Scalar } from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { leakedTensors, mutatedInput } from "../../src/evaluate/probe-effects.js";
import { loadLosses } from "../../src/losses/load.js";
import type { LossFunction } from "../../src/losses/loss.js";
import { loadTfjs } from "../../src/targets/tfjs.js";

const tf = await loadTfjs();

const inputs = {
  shape: [2, 2],
  logits: Float32Array.of(20, -0, Number.NaN, Number.POSITIVE_INFINITY),
  labels: Float32Array.of(0, 1, 0.5, 1),
};
const difference: LossFunction = (x, z) => tf.squaredDifference(x, z);

beforeAll(async () => {
  await tf.setBackend("cpu");
});

async function fixture(name: string): Promise<LossFunction> {
  return (await loadLosses(`fixtures/user-losses/faulty/${name}.ts`)).implementations[0].f;
}

describe("mutatedInput", () => {
  it("is undefined for a function that only reads", () => {
    const reads: LossFunction = (x, z) => tf.mul(x.dataSync()[0], difference(x, z));
    expect(mutatedInput(reads, tf, inputs)).toBeUndefined();
  });

  it("names the input that a function writes into", async () => {
    expect(mutatedInput(await fixture("mutates"), tf, inputs)).toBe("logits");
    const labels: LossFunction = (x, z) => {
      z.dataSync()[3] = 0;
      return difference(x, z);
    };
    expect(mutatedInput(labels, tf, inputs)).toBe("labels");
  });

  it("sees a sign of zero, a disposed input, and what was written before a throw", () => {
    const sign: LossFunction = (x) => {
      x.dataSync()[1] = 0;
      return x;
    };
    const disposed: LossFunction = (x, z) => {
      z.dispose();
      return x;
    };
    const throws: LossFunction = (x) => {
      x.dataSync()[0] = 1;
      throw new Error("after all");
    };
    expect(mutatedInput(sign, tf, inputs)).toBe("logits");
    expect(mutatedInput(disposed, tf, inputs)).toBe("labels");
    expect(mutatedInput(throws, tf, inputs)).toBe("logits");
  });
});

describe("leakedTensors", () => {
  it("is 0 for a function that cleans up, or that keeps a constant once", () => {
    let half: Scalar | undefined;
    const once: LossFunction = (x, z) => {
      half ??= tf.keep(tf.scalar(0.5));
      return tf.mul(half, difference(x, z));
    };
    expect(leakedTensors(difference, tf, inputs)).toBe(0);
    expect(leakedTensors(once, tf, inputs)).toBe(0);
  });

  it("counts what one call keeps", async () => {
    expect(leakedTensors(await fixture("leaks"), tf, inputs)).toBe(1);
    const two: LossFunction = (x, z) => tf.add(tf.keep(difference(x, z)), tf.keep(tf.relu(x)));
    expect(leakedTensors(two, tf, inputs)).toBe(2);
  });

  it("counts those of the value alone where the gradient throws", async () => {
    expect(leakedTensors(await fixture("throws-in-gradient"), tf, inputs)).toBe(0);
  });
});
