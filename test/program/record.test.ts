import type { Tensor } from "@tensorflow/tfjs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { interpret } from "../../src/evaluate/interpret.js";
import { usesLabels } from "../../src/program/dependence.js";
import { float64 } from "../kernels/float64.js";
import { kernelsOf, recorded, tf } from "./recording.js";

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  // A recording leaves nothing behind, and puts the backend back, however it ends.
  expect(tf.memory().numTensors).toBe(tensorsBefore);
  expect(tf.getBackend()).toBe("cpu");
});

/** The line of this file on which the function was called. */
function here(): number {
  return Number(/record\.test\.ts:(\d+)/.exec(new Error().stack!.split("\n")[2])![1]);
}

describe("the graph", () => {
  test("has inputs, constants, kernels with their names and attributes, value and gradient", () => {
    const program = recorded((x, z) => tf.sum(tf.mul(tf.sub(1, z), tf.exp(x)), -1), [2, 3]);
    expect(kernelsOf(program, "forward")).toEqual(["Sub", "Exp", "Multiply", "Sum"]);
    const [sub, exp, mul, sum] = program.nodes;
    const [one, z] = sub.inputs;
    expect(program.values[one.value]).toEqual({ shape: [], dtype: "float32", constant: Float32Array.of(1) });
    expect(z).toEqual({ name: "b", value: program.labels });
    expect(exp.inputs).toEqual([{ name: "x", value: program.logits }]);
    expect(mul.inputs.map(({ value }) => value)).toEqual([sub.outputs[0], exp.outputs[0]]);
    expect([sum.attrs.axis].flat()).toEqual([-1]);
    expect(program.value).toBe(sum.outputs[0]);
    expect(program.values[program.value].shape).toEqual([2]);
    expect(program.values[program.logits]).toEqual({ shape: [2, 3], dtype: "float32" });
    expect(program.values[program.gradient!].shape).toEqual([2, 3]);
    expect([program.readsValues, program.readsLabels, program.gradientError]).toEqual([
      false,
      false,
      undefined,
    ]);
  });

  test("defines every value before its use", () => {
    const program = recorded((x, z) => tf.losses.softmaxCrossEntropy(z, x), [2, 3]);
    const known = new Set([program.logits, program.labels]);
    program.values.forEach(({ constant }, id) => {
      if (constant) known.add(id);
    });
    for (const { inputs, outputs } of program.nodes) {
      for (const { value } of inputs) expect(known).toContain(value);
      for (const output of outputs) known.add(output);
    }
    expect(known).toContain(program.value);
    expect(known).toContain(program.gradient);
  });

  test("evaluated in float64 gives value and gradient of other inputs than those it was recorded with", () => {
    const program = recorded((x, z) => tf.square(tf.sub(tf.sigmoid(x), z)), [2]);
    const { value, gradient } = interpret(program, float64, [0, -1], [1, 0], "all");
    const s = 1 / (1 + Math.E);
    expect(value[0]).toBe(0.25);
    expect(value[1]).toBeCloseTo(s * s, 15);
    expect(gradient![0]).toBe(-0.25); // 2(s-z)s(1-s)
    expect(gradient![1]).toBeCloseTo(2 * s * s * (1 - s), 15);
  });

  test("holds constants with the dtype and the float32 values that tfjs has", () => {
    const program = recorded((x) => {
      const half = tf.tensor1d([0.1, 0.2, 0.3]);
      return tf.where(
        tf.tensor1d([true, false, true], "bool"),
        tf.gather(tf.mul(x, half), tf.tensor1d([2, 1, 0], "int32")),
        x,
      );
    });
    const constants = program.values.flatMap(({ constant }) => constant ?? []);
    expect(constants).toContainEqual(Float32Array.of(0.1, 0.2, 0.3));
    expect(constants).toContainEqual(Int32Array.of(2, 1, 0));
    expect(constants).toContainEqual(Uint8Array.of(1, 0, 1));
  });

  test("takes a tensor made before the recording as a constant", () => {
    const weights = tf.tensor1d([1, 2, 3]);
    try {
      const program = recorded((x) => tf.mul(x, weights));
      expect(program.values.flatMap(({ constant }) => constant ?? [])).toContainEqual(
        Float32Array.of(1, 2, 3),
      );
      expect(weights.dataSync()).toEqual(Float32Array.of(1, 2, 3));
    } finally {
      weights.dispose();
    }
  });

  test("has all results of a kernel that gives several", () => {
    const program = recorded(
      (x) => {
        const [a, b] = tf.split(x, 2, -1);
        return tf.mul(a, b);
      },
      [3, 2],
    );
    const split = program.nodes.find(({ kernel }) => kernel === "SplitV")!;
    expect(split.outputs.map((id) => program.values[id].shape)).toEqual([
      [3, 1],
      [3, 1],
    ]);
  });

  test("drops what gives its input back: identity, a cast and a reshape to what it was", () => {
    const program = recorded((x) => tf.neg(tf.reshape(tf.cast(tf.clone(x), "float32"), [3])));
    expect(kernelsOf(program, "forward")).toEqual(["Neg"]);
    expect(program.nodes[0].inputs[0].value).toBe(program.logits);
  });

  test("tells the views of one data in other shapes apart", () => {
    const program = recorded((x) => tf.sum(tf.mul(tf.reshape(x, [3, 1]), tf.reshape(x, [1, 3]))));
    const mul = program.nodes.find(({ kernel }) => kernel === "Multiply")!;
    expect(mul.inputs.map(({ value }) => program.values[value].shape)).toEqual([
      [3, 1],
      [1, 3],
    ]);
    // (Σx)² at [1, 2, 4], and its derivative 2Σx.
    const { value, gradient } = interpret(program, float64, [1, 2, 4], [0, 0, 0], "all");
    expect(value).toEqual([49]);
    expect(gradient).toEqual([14, 14, 14]);
  });

  test("may be empty: the loss is the logits, of which tfjs makes no gradient", () => {
    const program = recorded((x) => x);
    expect(program.value).toBe(program.logits);
    expect(() => tf.tidy(() => tf.grad((x) => x)(tf.scalar(1)))).toThrow(program.gradientError);
  });
});

describe("source lines", () => {
  test("are those of the call for a kernel, and of the operation for a kernel of its gradient", () => {
    const lines: number[] = [];
    const program = recorded((x) => {
      lines.push(here() + 1);
      const e = tf.exp(x);
      lines.push(here() + 1);
      return tf.log(e);
    });
    const at = (kernel: string, pass: string) =>
      program.nodes.find((node) => node.kernel === kernel && node.pass === pass)?.line;
    expect(at("Exp", "forward")).toEqual({ file: "record.test.ts", line: lines[0] });
    expect(at("Log", "forward")).toEqual({ file: "record.test.ts", line: lines[1] });
    const backward = program.nodes.filter(({ pass }) => pass === "backward");
    // d log(e) = dy/e, then d exp(x) = dy*e.
    expect(backward.find(({ kernel }) => kernel === "RealDiv")?.line).toEqual(at("Log", "forward"));
    expect(backward.findLast(({ kernel }) => kernel === "Multiply")?.line).toEqual(at("Exp", "forward"));
  });

  test("of a gradient that is the user's own are where its kernels are called", () => {
    let line = 0;
    const square = tf.customGrad((x) => ({
      value: tf.square(x as Tensor),
      gradFunc: (dy) => {
        line = here() + 1;
        return tf.mul(dy as Tensor, 3);
      },
    }));
    const program = recorded((x) => square(x));
    const mul = program.nodes.find(({ kernel, pass }) => kernel === "Multiply" && pass === "backward")!;
    expect(mul.line).toEqual({ file: "record.test.ts", line });
  });
});

describe("a function that reads", () => {
  test("its logits has a program for these logits alone", () => {
    const program = recorded((x) => (x.max().dataSync()[0] > 1 ? tf.exp(x) : tf.neg(x)));
    expect([program.readsValues, program.readsLabels]).toEqual([true, false]);
    expect(kernelsOf(program, "forward")).toContain("Exp");
    const other = recorded((x) => (x.max().dataSync()[0] > 1 ? tf.exp(x) : tf.neg(x)), [1], { logits: [-1] });
    expect(kernelsOf(other, "forward")).toContain("Neg");
  });

  test("its labels has a program for these labels alone", () => {
    const program = recorded((x, z) => tf.mul(x, tf.square(z).arraySync() as number[]));
    expect([program.readsValues, program.readsLabels]).toEqual([false, true]);
  });

  test("what depends on both has one for these logits", () => {
    expect(recorded((x, z) => tf.mul(x, tf.mul(x, z).sum().dataSync()[0])).readsValues).toBe(true);
  });

  test("a view of its logits is seen too", () => {
    expect(recorded((x) => tf.mul(x, tf.reshape(x, [3, 1]).dataSync()[0])).readsValues).toBe(true);
  });

  test("constants, shapes or nothing has a program for all", () => {
    const constants = recorded((x) => tf.mul(x, tf.range(0, 3).dataSync()[1]));
    const shapes = recorded((x) => tf.div(x, x.size));
    for (const { readsValues, readsLabels } of [constants, shapes]) {
      expect([readsValues, readsLabels]).toEqual([false, false]);
    }
  });

  test("its logits in its gradient is seen too", () => {
    const branching = tf.customGrad((x, save) => {
      (save as (tensors: Tensor[]) => void)([x as Tensor]);
      return {
        value: tf.relu(x as Tensor),
        gradFunc: (dy, [saved]) =>
          (saved.dataSync()[0] ?? 0) > 0 ? (dy as Tensor) : tf.zerosLike(dy as Tensor),
      };
    });
    expect(recorded((x) => branching(x)).readsValues).toBe(true);
  });
});

describe("what throws", () => {
  test("the function: its error is thrown", () => {
    const f = (x: Tensor): Tensor => {
      tf.exp(x);
      throw new RangeError("of range");
    };
    expect(() => recorded(f)).toThrow(new RangeError("of range"));
    expect(
      kernelsOf(
        recorded((x) => tf.neg(x)),
        "forward",
      ),
    ).toEqual(["Neg"]);
  });

  test("its gradient: there is a value, and the reason why there is no gradient", () => {
    const half = tf.customGrad((x) => ({
      value: tf.mul(x as Tensor, 0.5),
      gradFunc: () => {
        throw new Error("not written yet");
      },
    }));
    const program = recorded((x) => half(tf.exp(x)));
    expect(program.gradient).toBeUndefined();
    expect(program.gradientError).toBe("not written yet");
    expect(interpret(program, float64, [0, 0, 0], [0, 0, 0], "value").value).toEqual([0.5, 0.5, 0.5]);
  });

  test("tfjs's gradient of divNoNan: so too", () => {
    const program = recorded((x, z) => tf.divNoNan(x, z));
    expect(program.gradient).toBeUndefined();
    expect(program.gradientError).toMatch(/Equal/);
  });

  test("a result that does not depend on the logits has no gradient, and tfjs says so", () => {
    const program = recorded((_x, z) => tf.neg(z));
    expect(program.gradientError).toMatch(/gradient/i);
  });

  test("a recording within a recording", () => {
    expect(() =>
      recorded((x) => {
        recorded((y) => y);
        return x;
      }),
    ).toThrow("A recording is already under way.");
  });

  test("a dtype that is not audited", () => {
    expect(() => recorded((x) => tf.add(tf.real(tf.complex(x, x)), x))).toThrow(
      /dtype complex64 can't be audited/,
    );
  });
});

test("what tfjs computes is not touched: the function gets real values", () => {
  let read: unknown;
  recorded((x) => {
    const y = tf.square(x);
    read = y.arraySync();
    return y;
  });
  expect(read).toEqual([0.0625, 1.5625, 5.0625]);
});

test("the labels count where the value or the gradient is made from them", () => {
  expect(usesLabels(recorded((x, z) => tf.mul(x, z)))).toBe(true);
  expect(usesLabels(recorded((x) => tf.exp(x)))).toBe(false);
  expect(usesLabels(recorded((x, z) => tf.add(tf.exp(x), tf.mul(z, 0))))).toBe(true);
  // Computed, and not used.
  const unused = recorded((x, z) => {
    tf.exp(z);
    return tf.exp(x);
  });
  expect(usesLabels(unused)).toBe(false);
  // Read: what it does then is another program for other labels.
  expect(usesLabels(recorded((x, z) => (z.dataSync()[0] > 0 ? x : tf.neg(x))))).toBe(true);
});
