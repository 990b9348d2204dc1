import * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { IntervalArithmetic } from "../../src/arithmetic/interval.js";
import { loadMpfr } from "../../src/arithmetic/mpfr.js";
import { explainPoint } from "../../src/explain/explain-point.js";
import type { ExplainedPoint } from "../../src/explain/report.js";
import { catalogue } from "../../src/losses/catalogue.js";
import type { LossFunction } from "../../src/losses/loss.js";
import { ExactFunction } from "../../src/oracle/exact-function.js";
import { Precisions } from "../../src/oracle/oracle.js";
import { record } from "../../src/program/record.js";
import { loadTarget } from "../../src/targets/targets.js";

const noLine = () => undefined;
const TOLERANCE = { rtol: 1e-5, atol: 0 };
const precisions = async () => {
  const mpfr = await loadMpfr();
  return new Precisions((bits) => new IntervalArithmetic(mpfr, bits));
};

test.each(["cpu", "wasm"])(
  "kernel by kernel, every loss of the catalogue gives the same bits on %s",
  async (name) => {
    const target = await loadTarget(name);
    const shapes = { element: [1], row: [1, 3], map: [1, 1, 2, 1] };
    for (const loss of catalogue) {
      const shape = shapes[loss.point];
      const size = shape.reduce((a, b) => a * b, 1);
      const logits = Float32Array.from([2.25, -3.5, 16].slice(0, size));
      const labels = Float32Array.from([0.75, 1, 0].slice(0, size));
      for (const { name: implementation, f } of loss.implementations) {
        const direct = await target.running({ name: implementation, f }).batch(shape, logits, labels);
        const program = record(tf, f, { shape, logits, labels }, noLine);
        const { values, stopped } = await target.replay(program, logits, labels);
        const what = `${loss.name}#${implementation}`;
        // wasm has no kernel for the gradient of gather.
        if (stopped !== undefined) expect([what, name]).toEqual(["heatmap-focal#slow", "wasm"]);
        expect(Array.from(values[program.value] ?? []), what).toEqual(Array.from(direct.value));
        if (direct.gradient instanceof Float32Array && program.gradient !== undefined) {
          expect(Array.from(values[program.gradient] ?? []), what).toEqual(Array.from(direct.gradient));
        }
      }
    }
  },
);

/** A function taken apart on cpu at the logit 2. */
async function takenApart(f: LossFunction): Promise<ExplainedPoint> {
  const exact = new ExactFunction(tf, f, [1], noLine);
  return explainPoint(
    { loss: "l", subject: { name: "f", f, batched: true, exact }, references: [exact] },
    { shape: [1], logits: Float32Array.of(2), labels: Float32Array.of(0), at: 0 },
    await loadTarget("cpu"),
    await precisions(),
    TOLERANCE,
  );
}

test("a function that does other things on another backend is reported", async () => {
  const point = await takenApart((x) => (tf.getBackend() === "cpu" ? tf.square(x) : tf.mul(x, 3)));
  expect(point.notes.join()).toContain(
    "Run one by one, the kernels don't give what the function gives on this target",
  );
});

test("a function that reads its logits is explained for these alone, and says so", async () => {
  const point = await takenApart((x) => (x.dataSync()[0] > 1 ? tf.square(x) : tf.mul(x, 3)));
  expect(point.value).toMatchObject({ computed: { value: 4 }, exact: { value: 4 }, ulps: 0 });
  expect(point.notes).toEqual([
    "The function reads values of its logits: the kernels are those for this logit alone.",
  ]);
});
