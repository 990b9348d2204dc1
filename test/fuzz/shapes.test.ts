import type { Tensor } from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { prepareLoss } from "../../src/audit/prepare.js";
import type { AuditedLoss } from "../../src/audit/subject.js";
import { shapesOf } from "../../src/fuzz/shapes.js";
import { sizeOf } from "../../src/kernels/shape.js";
import { catalogueNames } from "../../src/losses/names.js";
import { resolveLosses } from "../../src/losses/resolve.js";
import { ExactFunction } from "../../src/oracle/exact-function.js";
import { loadTfjs } from "../../src/targets/tfjs.js";
import { fixture } from "../sweep/swept.js";

const tf = await loadTfjs();
await tf.setBackend("cpu");

function prepared(argument: string): Promise<AuditedLoss> {
  const [given] = resolveLosses([argument]);
  const options = { implementations: [], from: "logits" as const, classes: 2, skip: [], onProbe: () => {} };
  return prepareLoss(tf, given, options);
}

/** What tfjs gives for a batch of a shape. */
function run({ subjects }: AuditedLoss, shape: readonly number[]): number[] {
  return subjects.map(({ f }) =>
    tf.tidy(() => {
      const logits = tf.tensor(new Float32Array(sizeOf(shape)).fill(0.5), [...shape]);
      const labels = tf.tensor(
        new Float32Array(sizeOf(shape)).map((_, i) => (i === 0 ? 1 : 0)),
        [...shape],
      );
      return f(logits, labels).dataSync().length;
    }),
  );
}

test.each([...catalogueNames.keys()])("%s: all implementations take all shapes, each once", async (name) => {
  const loss = await prepared(name);
  const shapes = shapesOf(loss);
  expect(shapes[0]).toEqual(loss.subjects[0].shape);
  expect(new Set(shapes.map((shape) => shape.join())).size).toBe(shapes.length);
  for (const shape of shapes) {
    for (const values of run(loss, shape)) expect([1, shape[0]]).toContain(values);
  }
});

test("an element comes alone; a row in several widths; a map from one pixel on, with more samples and classes", async () => {
  expect(shapesOf(await prepared("softplus"))).toEqual([[1]]);
  expect(shapesOf(await prepared("softmax-cross-entropy"))).toEqual([
    [1, 2],
    [1, 3],
    [1, 4],
    [1, 10],
  ]);
  const maps = shapesOf(await prepared("heatmap-focal"));
  expect(maps[0]).toEqual([1, 1, 1, 1]);
  for (const axis of [0, 1, 2, 3]) expect(maps.some((shape) => shape[axis] > 1)).toBe(true);
  expect(Math.max(...maps.map(sizeOf))).toBeGreaterThanOrEqual(64);
});

test.each([1, 2, 3, 4, 5])("maps of %i axes keep them, and the first is that of the batch", async (rank) => {
  const shapes = shapesOf(ofRank(rank));
  for (const shape of shapes) expect(shape).toHaveLength(rank);
  expect(shapes[0]).toEqual(new Array(rank).fill(1));
  expect(new Set(shapes.map(sizeOf))).toContain(96);
  if (rank > 1) expect(new Set(shapes.map(([batch]) => batch))).toEqual(new Set([1, 2, 3]));
});

/** A loss over maps of one rank, which throws for any other. */
function ofRank(rank: number): AuditedLoss {
  const f = (logits: Tensor, labels: Tensor): Tensor => {
    if (logits.rank !== rank) throw new Error(`logits of ${logits.rank} axes, not ${rank}`);
    return tf.mean(tf.sub(tf.softplus(logits), tf.mul(logits, labels)));
  };
  const shape = new Array<number>(rank).fill(1);
  const exact = new ExactFunction(tf, f, shape, () => undefined);
  const traits = { batched: false, readsValues: false, usesLabels: true, leaks: 0, parameters: {} };
  const subjects = [{ name: "mean", f, shape, exact, ...traits }];
  return {
    name: "mean",
    argument: "mean",
    point: "map",
    names: [],
    wanted: ["mean"],
    subjects,
    references: subjects,
    failed: [],
    warnings: [],
  };
}

test("a shape that one implementation throws for is left out", async () => {
  const loss = await prepared(fixture("fuzz/small-maps.ts"));
  expect(loss.subjects.map(({ name }) => name)).toEqual(["mean", "small"]);
  const shapes = shapesOf(loss);
  expect(shapes.length).toBeGreaterThan(3);
  for (const shape of shapes) expect(sizeOf(shape)).toBeLessThan(30);
});

test("of implementations that were found to take other shapes that which all take is the first", async () => {
  const loss = await prepared(fixture("sweep/four-axes.ts"));
  expect(loss.subjects.map(({ shape }) => shape)).toEqual([
    [1, 1],
    [1, 1, 1, 1],
  ]);
  expect(shapesOf(loss)).toEqual([[1, 1, 1, 1]]);
});
