import * as tf from "@tensorflow/tfjs";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { compute, implementation } from "./measure.js";

const { POSITIVE_INFINITY: inf, NaN: nan } = Number;

/** The float32 of these bits. */
const float = (bits: number) => new Float32Array(Uint32Array.of(bits).buffer)[0];

const pixel = (loss: string, name: string, x: number, z: number) => {
  const shape = loss === "heatmap-focal" ? [1, 1, 1, 1] : [1];
  const { value, gradient } = compute(implementation(loss, name).f, shape, [x], [z]);
  return [value[0], gradient[0]];
};

/** The loss of a row [x, 0] with the labels [z, 1-z], and its derivative by x. */
const row = (loss: string, name: string, x: number, z: number) => {
  const { value, gradient } = compute(implementation(loss, name).f, [1, 2], [x, 0], [z, 1 - z]);
  return [value[0], gradient[0]];
};

const map = (name: string, logits: number[], labels: number[], shape: number[]) =>
  compute(implementation("heatmap-focal", name).f, shape, logits, labels);

beforeEach(() => tf.setBackend("cpu"));
afterAll(() => tf.setBackend("cpu"));

const lastFinite = float(0x42b17217); // exp of it is finite
const firstInfinite = float(0x42b17218);
const sce = "sigmoid-cross-entropy";

describe("sigmoid cross entropy on cpu", () => {
  test("naive is Infinity or NaN from 17.32868 on, with a NaN gradient", () => {
    expect(pixel(sce, "naive", 17.4, 0)).toEqual([inf, nan]);
    expect(pixel(sce, "naive", 17.4, 1)).toEqual([nan, nan]);
    expect(pixel(sce, "naive", 17.32, 0).every(Number.isFinite)).toBe(true);
  });

  test("naive fails below -104 too, and for z = 1 its gradient from -88.73 down", () => {
    expect(pixel(sce, "naive", -104, 0)).toEqual([nan, nan]);
    expect(pixel(sce, "naive", -104, 1)).toEqual([inf, nan]);
    expect(pixel(sce, "naive", -90, 1)[1]).toBe(-inf);
  });

  test("line-8 overflows at the first float whose exp does, line-5 and line-6 at its mirror image", () => {
    for (const z of [0, 1]) {
      expect(pixel(sce, "line-8", lastFinite, z).every(Number.isFinite)).toBe(true);
      expect(pixel(sce, "line-8", firstInfinite, z)).toEqual([inf, nan]);
      for (const name of ["line-5", "line-6"]) {
        expect(pixel(sce, name, -lastFinite, z).every(Number.isFinite), name).toBe(true);
        expect(pixel(sce, name, -firstInfinite, z), name).toEqual([inf, nan]);
      }
    }
  });

  test("line-7 overflows on both sides", () => {
    expect(pixel(sce, "line-7", firstInfinite, 0)).toEqual([inf, nan]);
    expect(pixel(sce, "line-7", -firstInfinite, 0)).toEqual([inf, nan]);
  });

  test("line-2 has a dead gradient at -50, z = 1, where -1 is true", () => {
    const [value, gradient] = pixel(sce, "line-2", -50, 1);
    expect(value).toBe(50);
    expect(Math.abs(gradient)).toBe(0);
  });

  test("line-2 and line-3 take the logarithm of 0 above 104", () => {
    for (const name of ["line-2", "line-3"]) {
      expect(pixel(sce, name, 104, 0)[0], name).toBe(inf);
      expect(pixel(sce, name, 104, 1)[0], name).toBe(nan);
    }
  });

  test("tensorflow has the gradient 1.5 at 0 where 0.5 is true, and relu cures it", () => {
    expect(pixel(sce, "tensorflow", 0, 0)[1]).toBe(1.5);
    expect(pixel(sce, "overflow-free", 0, 0)[1]).toBe(1.5);
    expect(pixel(sce, "library", 0, 0)[1]).toBe(0.5);
  });

  test("tensorflow's gradient cancels to 0 at 17, z = 1, the softplus form's does not", () => {
    expect(pixel(sce, "tensorflow", 17, 1)[1]).toBe(0);
    // -1/(1+exp(17))
    expect(pixel(sce, "softplus", 17, 1)[1]).toBeCloseTo(-4.1399375e-8, 14);
  });
});

describe("heat-map focal loss", () => {
  test("naive is Infinity or NaN at 17.4", () => {
    expect(pixel("heatmap-focal", "naive", 17.4, 0)).toEqual([inf, nan]);
    expect(pixel("heatmap-focal", "naive", 17.4, 1)[0]).toBe(nan);
  });

  test("trans-pred takes the logarithm of 0 for a positive at -17.4 already", () => {
    expect(pixel("heatmap-focal", "trans-pred", -17.4, 1)).toEqual([inf, nan]);
    expect(pixel("heatmap-focal", "naive", -17.4, 1).every(Number.isFinite)).toBe(true);
  });

  test("clamped stands still beyond 9.21024: 9.208 at 20, z = 0, where 20 is true", () => {
    const [value, gradient] = pixel("heatmap-focal", "clamped", 20, 0);
    // -log(1e-4)*(1 - 1e-4)^2, of which float32's 1-0.9999 leaves three digits.
    expect(value).toBeCloseTo(9.208, 2);
    expect(Math.abs(gradient)).toBe(0);
    expect(pixel("heatmap-focal", "clamped", 9.21, 0)[1]).toBeGreaterThan(0.9);
    const [exactly, slope] = pixel("heatmap-focal", "stable", 20, 0);
    expect([exactly, slope]).toEqual([20, 1]);
  });

  test("logits throws in its gradient, since tfjs compares inside divNoNan", () => {
    expect(() => pixel("heatmap-focal", "logits", 1, 1)).toThrow(/gradient function not found for Equal/);
  });

  test("logits cancels to 0 for a negative at -20, where stable has exp(-60)", () => {
    const shape = [1, 1, 2, 1];
    const { gradient } = map("logits-differentiable", [-20, 0], [0, 1], shape);
    expect(Math.abs(gradient[0])).toBe(0);
    // 3*exp(-60), to leading order.
    expect(map("stable", [-20, 0], [0, 1], shape).gradient[0] / (3 * Math.exp(-60))).toBeCloseTo(1, 5);
  });

  test("without positives the forms on logits are 0, CenterNet's is the sum over the negatives", () => {
    const shape = [1, 1, 2, 1];
    const without = map("logits-differentiable", [1, 2], [0, 0], shape);
    expect(without.value).toEqual([0]);
    expect(without.gradient.map(Math.abs)).toEqual([0, 0]);
    const cost = (x: number) => Math.log1p(Math.exp(x)) / (1 + Math.exp(-x)) ** 2;
    for (const name of ["naive", "slow", "trans-pred", "stable"]) {
      expect(map(name, [1, 2], [0, 0], shape).value[0], name).toBeCloseTo(cost(1) + cost(2), 5);
    }
  });

  test("the forms on logits normalise by sample, CenterNet's over the batch", () => {
    const [logits, labels] = [
      [0, 0, 0, 0],
      [1, 0, 1, 1],
    ];
    // Every pixel costs ln(2)/4 at logit 0.
    const cost = Math.LN2 / 4;
    const bySample = map("logits-differentiable", logits, labels, [2, 1, 2, 1]).value;
    expect(bySample[0]).toBeCloseTo((2 * cost) / 1, 6);
    expect(bySample[1]).toBeCloseTo((2 * cost) / 2, 6);
    for (const name of ["naive", "slow", "trans-pred", "stable"]) {
      expect(map(name, logits, labels, [2, 1, 2, 1]).value[0], name).toBeCloseTo((4 * cost) / 3, 6);
    }
  });

  test("a label above 1 is nothing to CenterNet, and a negative to the forms on logits", () => {
    const shape = [1, 1, 2, 1];
    for (const name of ["naive", "slow", "trans-pred", "stable"]) {
      expect(map(name, [1, 0], [3, 1], shape).value[0], name).toBeCloseTo(Math.LN2 / 4, 6);
      expect(Math.abs(map(name, [1, 0], [3, 1], shape).gradient[0]), name).toBe(0);
    }
    expect(map("logits-differentiable", [1, 0], [3, 1], shape).value[0]).toBeGreaterThan(10);
  });

  test("both layouts give the same loss", () => {
    const logits = [0.5, -1, 2, 3, -2, 1];
    const labels = [1, 0, 0.5, 0, 1, 0.25];
    const order = [0, 2, 4, 1, 3, 5]; // [1,3,1,2] to [1,2,3,1]
    for (const name of ["naive", "slow", "trans-pred", "clamped", "logits-differentiable", "stable"]) {
      const last = map(name, logits, labels, [1, 3, 1, 2]);
      const first = map(
        name,
        order.map((i) => logits[i]),
        order.map((i) => labels[i]),
        [1, 2, 3, 1],
      );
      expect(first.value[0], name).toBeCloseTo(last.value[0], 5);
      order.forEach((i, j) => {
        expect(first.gradient[j], name).toBeCloseTo(last.gradient[i], 5);
      });
    }
  });
});

describe("rows", () => {
  test("naive log-sum-exp overflows at 88.722839, shifted does not", () => {
    expect(row("log-sum-exp", "naive", firstInfinite, 0)).toEqual([inf, nan]);
    expect(row("log-sum-exp", "shifted", firstInfinite, 0)).toEqual([firstInfinite, 1]);
  });

  test("naive softmax cross entropy has a dead gradient at 50, label 0, where 1 is true", () => {
    const [value, gradient] = row("softmax-cross-entropy", "naive", 50, 0);
    expect(value).toBe(50);
    expect(Math.abs(gradient)).toBe(0);
    expect(row("softmax-cross-entropy", "shifted", 50, 0)).toEqual([50, 1]);
  });

  test("naive softmax cross entropy is NaN where exp overflows", () => {
    expect(row("softmax-cross-entropy", "naive", firstInfinite, 0)[0]).toBe(nan);
  });
});

describe("wasm", () => {
  beforeEach(async () => {
    await tf.setBackend("wasm");
    expect(tf.getBackend()).toBe("wasm");
  });

  test("naive sigmoid cross entropy fails at -88 already, since sigmoid flushes to 0", () => {
    expect(pixel(sce, "naive", -88, 0)).toEqual([nan, nan]);
    expect(pixel(sce, "naive", -88, 1)[0]).toBe(inf);
  });

  test("log1p loses what it is for: softplus#log1p is 0 at -20, the library has exp(-20)", () => {
    expect(pixel("softplus", "log1p", -20, 0)[0]).toBe(0);
    expect(pixel("softplus", "library", -20, 0)[0] / Math.exp(-20)).toBeCloseTo(1, 5);
  });

  test("slow throws in its gradient: there is no UnsortedSegmentSum", () => {
    expect(() => pixel("heatmap-focal", "slow", 1, 1)).toThrow(/UnsortedSegmentSum/);
  });
});
