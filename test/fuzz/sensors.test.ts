import type { Tensor } from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { inShape, prepareLoss } from "../../src/audit/prepare.js";
import type { AuditedLoss } from "../../src/audit/subject.js";
import { interpret } from "../../src/evaluate/interpret.js";
import { joined } from "../../src/fuzz/case.js";
import { Domain } from "../../src/fuzz/domain.js";
import { draw } from "../../src/fuzz/draw.js";
import { FreeLabels } from "../../src/fuzz/labels.js";
import { type Expression, SensorSource } from "../../src/fuzz/sensor-source.js";
import { Sensors } from "../../src/fuzz/sensors.js";
import { shapesOf } from "../../src/fuzz/shapes.js";
import { Random } from "../../src/inputs/random.js";
import { sizeOf } from "../../src/kernels/shape.js";
import { catalogueNames } from "../../src/losses/names.js";
import type { Program } from "../../src/program/program.js";
import { record } from "../../src/program/record.js";
import { loadTfjs } from "../../src/targets/tfjs.js";

const tf = await loadTfjs();
await tf.setBackend("cpu");
const { POSITIVE_INFINITY: INFINITE, NaN: NAN } = Number;

function prepared(name: string): Promise<AuditedLoss> {
  const options = { implementations: [], from: "logits" as const, classes: 2, skip: [], onProbe: () => {} };
  return prepareLoss(tf, { argument: name, kind: "catalogue", name }, options);
}

function programOf(f: (x: Tensor, z: Tensor) => Tensor, shape: readonly number[]): Program {
  const half = new Float32Array(sizeOf(shape)).fill(0.5);
  return record(tf, f, { shape, logits: half, labels: half });
}

/** Value and gradient by the code that sensors are put into. */
function evaluated(program: Program, logits: Float32Array, labels: Float32Array): number[][] {
  const source = new SensorSource();
  const names = (letter: string) => Array.from(logits, (_, i): Expression => ({ text: `${letter}[${i}]` }));
  const { value, gradient = [] } = interpret(program, source, names("x"), names("z"), "all");
  const results = [value, gradient].map((all) => `[${all.map(({ text }) => text).join()}]`);
  const lines = ["let h = 0; const i = 0, best = [], bestAt = [];", ...source.lines, `return [${results}];`];
  return new Function("x", "z", lines.join("\n"))(logits, labels);
}

describe.each([...catalogueNames.keys()])("%s", (name) => {
  const odd = [NAN, INFINITE, -INFINITE, 0, -0, 1e-45, 3e38, -3e38, 1, 88.75];

  test("each implementation that does not read its labels has sensors in every small shape, which no number breaks", async () => {
    const loss = await prepared(name);
    for (const shape of shapesOf(loss)) {
      for (const subject of loss.subjects) {
        const size = sizeOf(shape);
        const half = new Float32Array(size).fill(0.5);
        const program = inShape(subject, shape).exact.program(half, half);
        const sensors = Sensors.of(program);
        if (size <= 16) expect(sensors === undefined, `${subject.name} [${shape}]`).toBe(program.readsLabels);
        if (sensors === undefined) continue;
        const logits = Float32Array.from({ length: odd.length * size }, (_, i) => odd[(i * 7) % odd.length]);
        const labels = logits.map((_, i) => (i % 3) / 2);
        for (const { reading, at } of sensors.read(logits, labels, odd.length)) {
          expect(Number.isFinite(reading)).toBe(true);
          expect(at >= 0 && at < odd.length).toBe(true);
        }
        // Having read NaN they go on reading.
        const ordinary = draw(new Random(1), shape, new Domain(-40, 40), new FreeLabels(new Domain(0, 1)));
        sensors.read(ordinary.logits, ordinary.labels, 1);
      }
    }
  });

  test("what the code with sensors computes is what tfjs does, but for a few roundings", async () => {
    const loss = await prepared(name);
    const random = new Random(2);
    for (const shape of shapesOf(loss).filter((one) => sizeOf(one) <= 32)) {
      for (const subject of loss.subjects) {
        const { logits, labels } = draw(random, shape, new Domain(-3, 3), new FreeLabels(new Domain(0, 1)));
        const [value, gradient] = evaluated(
          inShape(subject, shape).exact.program(logits, labels),
          logits,
          labels,
        );
        const [x, z] = [logits, labels].map((data) => tf.tensor(data.slice(), [...shape]));
        const close = (a: readonly number[], b: ArrayLike<number>) => {
          expect(a.length).toBe(b.length);
          for (const [i, one] of a.entries())
            expect(Math.abs(one - b[i])).toBeLessThan(1e-5 * (1 + Math.abs(b[i])));
        };
        close(value, subject.f(x, z).dataSync());
        if (gradient.length > 0)
          close(
            gradient,
            tf
              .grad((t) => subject.f(t, z))(x)
              .dataSync(),
          );
      }
    }
  });
});

test("of many inputs each sensor gives that which it reads most of, and only what is more than ever before", () => {
  const sensors = Sensors.of(programOf((x) => tf.exp(x), [1]))!;
  const read = (...xs: number[]) =>
    sensors.read(Float32Array.from(xs), new Float32Array(xs.length), xs.length);
  const found = read(1, 5, -7, 3);
  // How far out above and below: the argument itself, and its opposite.
  expect(found).toContainEqual(expect.objectContaining({ at: 1, reading: 5 }));
  expect(found).toContainEqual(expect.objectContaining({ at: 2, reading: 7 }));
  expect(read(5, -7, 4)).toEqual([]);
  expect(read(4, 6).map(({ at, reading }) => [at, reading])).toContainEqual([1, 6]);
});

test("the operations of the gradient are sensed as well as those of the value", () => {
  const value = Sensors.of(programOf((x) => tf.relu(x), [1]))!;
  const root = Sensors.of(programOf((x) => tf.sqrt(tf.add(tf.square(x), 1)), [1]))!;
  const count = (sensors: Sensors) => sensors.read(Float32Array.of(0.75), Float32Array.of(0), 1).length;
  expect(count(root)).toBeGreaterThan(count(value));
});

test("a program that holds for one input alone has none", () => {
  const reads = programOf((x) => (x.dataSync()[0] > 0 ? tf.exp(x) : tf.neg(x)), [1]);
  expect(reads.readsValues).toBe(true);
  expect(Sensors.of(reads)).toBeUndefined();
});

test("nor has one that is too long", () => {
  expect(
    Sensors.of(
      programOf((x) => tf.sum(tf.matMul(tf.reshape(x, [32, 32]), tf.reshape(x, [32, 32]))), [1, 1024]),
    ),
  ).toBeUndefined();
});

test("the numbers of inputs are put one after the other", () => {
  const one = { shape: [2], logits: Float32Array.of(1, 2), labels: Float32Array.of(0, 1) };
  const two = { shape: [2], logits: Float32Array.of(3, 4), labels: Float32Array.of(1, 0) };
  expect([...joined([one, two], "logits")]).toEqual([1, 2, 3, 4]);
  expect([...joined([one, two], "labels")]).toEqual([0, 1, 1, 0]);
});
